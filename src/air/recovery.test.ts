import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { silentLog } from '../base/log.ts'
import { createMpegFramer } from '../formats/audio/mpeg-frame.ts'
import { RECORD_BYTES } from '../formats/audio/segment-index.ts'
import { archivePath } from './archive-writer.ts'
import { EpochClock } from './epoch.ts'
import type { Journal } from './journal.ts'
import { Recorder } from './recorder.ts'
import { recoverArchive, segmentsOf } from './recovery.ts'

const clip = readFileSync(new URL('../../test/fixtures/audio/cbr-128k-stereo-44100.mp3', import.meta.url))
const framer = createMpegFramer()
const frames = framer.push(clip)
const format = framer.format()!
const journal: Journal = { write() {}, flush: async () => {} }
const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const START = Date.UTC(2026, 2, 12, 16, 0, 0)

/** Records the clip some times over as one epoch and leaves the files as a stop at that moment would. */
const record = async (times: number, { from = START, folder = mkdtempSync(join(tmpdir(), 'gw-archive-')) } = {}) => {
  folders.push(folder)
  const recovered = recoverArchive(folder, silentLog)
  let now = from
  const recorder = new Recorder({
    folder,
    mount: '/t.mp3',
    now: () => now,
    log: silentLog,
    journal,
    flush: false,
    keep: true,
    recovered,
  })
  const clock = new EpochClock({ start: from, rate: format.rate })
  recorder.begin({ number: recovered.nextEpoch, feed: 'source', format, headers: null, from: 'test' })
  for (let i = 0; i < times; i++) {
    for (const frame of frames) {
      now = clock.wall
      recorder.push([clock.stamp(frame, now)], i % 2 ? 'Odd' : 'Even')
    }
    recorder.tick()
  }
  return { folder, recorder, recovered, file: `2026031216-${recovered.nextEpoch}` }
}

test('what is closed cleanly goes on with the next numbers', async () => {
  const { folder, recorder, file } = await record(4)
  await recorder.close()
  const segments = segmentsOf(folder, file)
  assert.ok(segments.length > 4)
  const audio = readFileSync(join(folder, archivePath(file, 'mp3')))
  for (const {
    record: { byteOffset, byteLength, dataCrc },
  } of segments) {
    assert.equal(crc32(audio.subarray(byteOffset, byteOffset + byteLength)), dataCrc)
  }
  assert.equal(audio.length, frames.reduce((sum, frame) => sum + frame.bytes.length, 0) * 4, 'every frame is there')
  const again = recoverArchive(folder, silentLog)
  assert.equal(again.nextSeq, segments.length)
  assert.equal(again.nextEpoch, 1)
  assert.equal(again.recent.at(-1)?.record.seq, segments.length - 1)
  assert.equal(segments.at(-1)?.title, 'Odd')
})

test('frames written after the last record are indexed, half a frame is cut off', async () => {
  const { folder, recorder, file } = await record(4)
  await recorder.close()
  const index = join(folder, archivePath(file, 'idx'))
  const audio = join(folder, archivePath(file, 'mp3'))
  const whole = segmentsOf(folder, file)
  const size = statSync(audio).size
  truncateSync(index, statSync(index).size - 2 * RECORD_BYTES + 33)
  truncateSync(audio, size - 100)
  const again = recoverArchive(folder, silentLog)
  const mended = segmentsOf(folder, file)
  assert.equal(again.nextSeq, whole.length - 1, 'one segment now holds what two held')
  const last = mended.at(-1)!.record
  assert.equal(last.sampleStart, whole.at(-2)!.record.sampleStart)
  assert.equal(last.byteOffset + last.byteLength, statSync(audio).size)
  assert.equal(size - statSync(audio).size, frames.at(-1)!.bytes.length, 'only the torn frame is gone')
  assert.equal(crc32(readFileSync(audio).subarray(last.byteOffset)), last.dataCrc)
})

test('a stop before the first record loses nothing either', async () => {
  const { folder, recorder, file } = await record(4)
  await recorder.close()
  truncateSync(join(folder, archivePath(file, 'idx')), 0)
  const again = recoverArchive(folder, silentLog)
  assert.equal(again.nextSeq, 1)
  const [only] = segmentsOf(folder, file)
  assert.equal(only?.record.wallMs, START)
  assert.equal(only?.record.frames, frames.length * 4)
})

test('damage in the index costs the damaged records only', async () => {
  const { folder, recorder, file } = await record(4)
  await recorder.close()
  const index = join(folder, archivePath(file, 'idx'))
  appendFileSync(index, Buffer.alloc(RECORD_BYTES, 7))
  const before = segmentsOf(folder, file).length
  assert.equal(recoverArchive(folder, silentLog).nextSeq, before)
  assert.equal(statSync(index).size % RECORD_BYTES, 0)
})

test('numbers go on over epochs, and each epoch is a discontinuity', async () => {
  const first = await record(2)
  await first.recorder.close()
  const second = await record(2, { folder: first.folder, from: START + 60_000 })
  await second.recorder.close()
  const all = [...segmentsOf(first.folder, first.file), ...segmentsOf(first.folder, second.file)]
  assert.deepEqual(
    all.map(({ record: { seq } }) => seq),
    all.map((_, i) => i),
  )
  assert.deepEqual([...new Set(all.map(({ record: { discontinuity } }) => discontinuity))], [0, 1])
  assert.equal(all.filter(({ record: { startsRun } }) => startsRun).length, 2)
})
