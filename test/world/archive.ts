import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { decodeRecord, RECORD_BYTES, type SegmentRecord } from '../../src/formats/audio/segment-index.ts'
import { walk, type Family } from './frames.ts'

export type HourFile = { name: string; audio: string; records: SegmentRecord[]; bytes: Buffer }

const EXTENSIONS = ['mp3', 'aac', 'ogg']

/** Every hour file of a mount that has an index, as it stands on disk, in the order of its segments. */
export const readArchive = (folder: string): HourFile[] =>
  globSync('**/*.idx', { cwd: folder })
    .map((path) => {
      const stem = join(folder, path.slice(0, -4))
      const audio = EXTENSIONS.map((extension) => `${stem}.${extension}`).find((file) => existsSync(file))
      if (!audio) throw new Error(`${path} has no audio beside it.`)
      return { name: path, audio, records: readIndex(`${stem}.idx`), bytes: readFileSync(audio) }
    })
    .filter(({ records }) => records.length > 0)
    .toSorted((a, b) => a.records[0]!.seq - b.records[0]!.seq)

const readIndex = (path: string): SegmentRecord[] => {
  const index = readFileSync(path)
  if (index.length % RECORD_BYTES !== 0) throw new Error(`${path} ends within a record.`)
  const records: SegmentRecord[] = []
  for (let at = 0; at < index.length; at += RECORD_BYTES) {
    const record = decodeRecord(index, at)
    if (!record) throw new Error(`${path}: the record at ${at} is damaged.`)
    records.push(record)
  }
  return records
}

/**
 * Fails at the first thing in a mount's archive that contradicts another.
 * @param options.holes the disk refused in between: segments may be missing, but none may be wrong.
 */
export const checkArchive = (files: HourFile[], family: Family, { holes = false } = {}): void => {
  let last: SegmentRecord | null = null
  for (const { name, records, bytes } of files) {
    let end: number | null = null
    for (const record of records) {
      const fail = (what: string) => {
        throw new Error(`${name}: segment ${record.seq} ${what}\n${JSON.stringify({ last, record })}`)
      }
      const from = record.byteOffset
      const data = bytes.subarray(from, from + record.byteLength)
      if (data.length !== record.byteLength) fail('reaches beyond the end of its file')
      if (crc32(data) !== record.dataCrc) fail('has bytes that its CRC does not fit')
      if (end !== null && end !== from) fail('does not begin where the one before ends')
      const { frames, lead, junk, rest } = walk(data, family)
      if (lead + junk + rest > 0) fail('holds bytes that are no frames')
      if (frames.length !== record.frames) fail(`holds ${frames.length} frames`)
      if (last) {
        if (holes ? record.seq <= last.seq : record.seq !== last.seq + 1) fail('does not follow in number')
        if (record.epoch < last.epoch || record.discontinuity < last.discontinuity) fail('belongs to an older run')
        if (!holes && record.epoch === last.epoch && record.sampleStart !== last.sampleStart + last.samples)
          fail('leaves samples out')
        if (!holes && record.epoch === last.epoch && record.firstFrame !== last.firstFrame + last.frames)
          fail('leaves frames out')
        if (record.epoch !== last.epoch && record.discontinuity === last.discontinuity) fail('is a new run unmarked')
        if (record.wallMs < last.wallMs) fail('is earlier than the one before')
      }
      end = from + record.byteLength
      last = record
    }
  }
}

/** The sound of each epoch, joined over its hour files. */
export const epochSound = (files: HourFile[]): Map<number, Buffer> => {
  const parts = new Map<number, Buffer[]>()
  for (const { records, bytes } of files) {
    for (const { epoch, byteOffset, byteLength } of records) {
      parts.set(epoch, [...(parts.get(epoch) ?? []), bytes.subarray(byteOffset, byteOffset + byteLength)])
    }
  }
  return new Map([...parts].map(([epoch, all]) => [epoch, Buffer.concat(all)]))
}
