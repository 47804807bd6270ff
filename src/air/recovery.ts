import { readdirSync, readFileSync, statSync, truncateSync, appendFileSync, existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Log } from '../base/log.ts'
import { createFramer } from '../formats/audio/framer.ts'
import { decodeRecord, encodeRecord, RECORD_BYTES, type SegmentRecord } from '../formats/audio/segment-index.ts'
import { archiveExtension, archivePath } from './archive-writer.ts'
import { readFacts, type FileFacts } from './hour-facts.ts'
import type { WindowSegment } from './hls-window.ts'

/** Where a mount goes on after a restart. */
export type Recovered = {
  nextSeq: number
  nextEpoch: number
  /** Discontinuity sequence number of the last segment. */
  discontinuity: number
  /** The last segments, oldest first: the live playlist goes on with them. */
  recent: WindowSegment[]
}

/** How many segments the live playlist is given back. */
const RECENT = 6
/** Only hour files of so many last days can have been open in a crash. */
const DAYS_TO_MEND = 2

/**
 * Reads the archive of one mount as a crash may have left it: cuts damaged index records, indexes whole frames
 * that were written after the last record, and finds the numbers to go on with.
 * @param folder `<data>/air/<mount name>`; it need not exist.
 */
export const recoverArchive = (folder: string, log: Log): Recovered => {
  const files = listFiles(folder)
  const days = [...new Set(files.map((file) => file.slice(0, 8)))].slice(-DAYS_TO_MEND)
  let newest: SegmentRecord | null = null
  const lasts: { file: string; last: SegmentRecord | null }[] = []
  for (const file of files) {
    if (days.includes(file.slice(0, 8))) mendFile({ folder, file, newest, log })
    const last = lastRecord(folder, file)
    lasts.push({ file, last })
    if (last && (!newest || last.seq > newest.seq)) newest = last
  }
  const nextEpoch = Math.max(-1, ...files.map((file) => Number(file.split('-')[1]))) + 1
  return {
    nextSeq: newest ? newest.seq + 1 : 0,
    nextEpoch,
    discontinuity: newest?.discontinuity ?? 0,
    recent: newest ? recentSegments(folder, lasts, newest.seq) : [],
  }
}

/** Hour files by name (`2026031216-5`), oldest hour first, then by epoch. */
export const listFiles = (folder: string): string[] => {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ev'))
    .map((path) => dirname(path).replaceAll(/[/\\]/g, '') + basename(path, '.ev'))
    .filter((name) => /^\d{10}-\d+$/.test(name))
    .sort((a, b) => a.slice(0, 10).localeCompare(b.slice(0, 10)) || Number(a.slice(11)) - Number(b.slice(11)))
}

type Mend = { folder: string; file: string; newest: SegmentRecord | null; log: Log }

const mendFile = ({ folder, file, newest, log }: Mend): void => {
  const indexPath = join(folder, archivePath(file, 'idx'))
  const facts = readFacts(readFileSync(join(folder, archivePath(file, 'ev')), 'utf8'))
  if (!facts || !existsSync(indexPath)) return
  const audioPath = join(folder, archivePath(file, archiveExtension(facts.format.codec)))
  if (!existsSync(audioPath)) return
  const audioSize = statSync(audioPath).size

  const index = readFileSync(indexPath)
  let good = Math.floor(index.length / RECORD_BYTES)
  let last: SegmentRecord | null = null
  for (; good > 0; good--) {
    last = decodeRecord(index, (good - 1) * RECORD_BYTES)
    if (last && last.byteOffset + last.byteLength <= audioSize) break
    last = null
  }
  if (good * RECORD_BYTES !== index.length) {
    truncateSync(indexPath, good * RECORD_BYTES)
    log.warn('cut damaged records off an archive index', { file, bytes: index.length - good * RECORD_BYTES })
  }
  mendTail({
    file,
    audioPath,
    indexPath,
    last: last ?? beforeFirst(facts, Number(file.split('-')[1]), newest),
    facts,
    log,
  })
}

/** Stands in for the record before the first one of a file: where its audio, samples and wall time begin. */
const beforeFirst = (facts: FileFacts, epoch: number, newest: SegmentRecord | null): SegmentRecord => ({
  seq: newest?.seq ?? -1,
  discontinuity: newest ? newest.discontinuity + (newest.epoch === epoch ? 0 : 1) : 0,
  epoch,
  firstFrame: 0,
  frames: 0,
  sampleStart: facts.start.position,
  samples: 0,
  wallMs: facts.start.wall,
  byteOffset: facts.headerBytes,
  byteLength: 0,
  dataCrc: 0,
  startsRun: false,
})

type Tail = { file: string; audioPath: string; indexPath: string; last: SegmentRecord; facts: FileFacts; log: Log }

// What was appended after the last record: whole frames become one more segment, a half frame is cut off.
const mendTail = ({ file, audioPath, indexPath, last, facts, log }: Tail): void => {
  const { codec, rate } = facts.format
  const { headerBytes } = facts
  const audio = readFileSync(audioPath)
  const from = last.byteOffset + last.byteLength
  if (audio.length <= from) return
  const framer = createFramer(codec === 'mp3' || codec === 'aac' ? codec : 'ogg')
  framer.push(audio.subarray(0, headerBytes))
  // The last indexed bytes go through the framer too: it needs its footing before the tail.
  const footing = Math.max(last.byteOffset, headerBytes)
  let end = footing
  let samples = 0
  let frames = 0
  for (const frame of framer.push(audio.subarray(footing))) {
    if (frame.header) continue
    end += frame.bytes.length
    if (end <= from) continue
    samples += frame.samples
    frames++
  }
  truncateSync(audioPath, Math.max(from, end))
  if (frames === 0) return
  const bytes = audio.subarray(from, end)
  const record: SegmentRecord = {
    seq: last.seq + 1,
    discontinuity: last.discontinuity,
    epoch: last.epoch,
    firstFrame: last.firstFrame + last.frames,
    frames,
    sampleStart: last.sampleStart + last.samples,
    samples,
    wallMs: last.wallMs + (last.samples / rate) * 1000,
    byteOffset: from,
    byteLength: bytes.length,
    dataCrc: crc32(bytes),
    startsRun: false,
  }
  appendFileSync(indexPath, encodeRecord(record))
  log.info('indexed frames written just before the stop', { file, frames, ms: Math.round((samples / rate) * 1000) })
}

const lastRecord = (folder: string, file: string): SegmentRecord | null => {
  const path = join(folder, archivePath(file, 'idx'))
  if (!existsSync(path)) return null
  const index = readFileSync(path)
  return decodeRecord(index, index.length - RECORD_BYTES)
}

const recentSegments = (
  folder: string,
  lasts: { file: string; last: SegmentRecord | null }[],
  newestSeq: number,
): WindowSegment[] =>
  lasts
    .filter(({ last }) => last && last.seq > newestSeq - RECENT)
    .flatMap(({ file }) => segmentsOf(folder, file))
    .filter((segment) => segment.record.seq > newestSeq - RECENT)
    .sort((a, b) => a.record.seq - b.record.seq)

/** Every segment of an hour file, from its index. */
export const segmentsOf = (folder: string, file: string): WindowSegment[] => {
  const facts = readFacts(readFileSync(join(folder, archivePath(file, 'ev')), 'utf8'))
  const index = readFileSync(join(folder, archivePath(file, 'idx')))
  if (!facts) return []
  const segments: WindowSegment[] = []
  for (let at = 0; at + RECORD_BYTES <= index.length; at += RECORD_BYTES) {
    const record = decodeRecord(index, at)
    if (!record) continue
    const title = facts.titles.findLast((entry) => entry.position <= record.sampleStart)?.title ?? null
    segments.push({
      record,
      file,
      duration: record.samples / facts.format.rate,
      title,
      format: facts.format,
      bytes: null,
      headers: null,
    })
  }
  return segments
}
