import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { complaints } from '../world/decode.ts'
import { FORMATS, startEncoder, type Codec } from '../world/encoders.ts'
import { walk, wholeFrames } from '../world/frames.ts'
import { listen, tuneIn } from '../world/listeners.ts'
import { needs, run, type Program } from '../world/programs.ts'
import { startStation, type Station } from '../world/station.ts'
import { scratch } from '../world/tones.ts'
import { sleep } from '../world/wait.ts'

// Whoever tunes in, at whatever moment, gets sound from the first byte on.

const JOINS = 200
const AT_ONCE = 20
const RECORDED_MS = 1500
/** Recordings that one ffmpeg decodes. */
const BATCH = 20

const CODECS = Object.keys(FORMATS) as Codec[]
const pathOf = (codec: Codec) => `/${codec}.${FORMATS[codec].extension}`

let station: Station | undefined
const encoders: Program[] = []

/** One listener that comes at a random moment and goes again. @returns the whole frames it got. */
const record = async (codec: Codec, number: number): Promise<Buffer> => {
  await sleep(Math.random() * 500)
  const { family } = FORMATS[codec]
  const icy = family !== 'ogg' && number % 2 === 0
  const listener = await listen({ port: station!.port, path: pathOf(codec), icy })
  assert.equal(listener.status, 200)
  await sleep(RECORDED_MS)
  listener.close()
  const audio = listener.audio()
  const { lead, junk, frames } = walk(audio, family)
  assert.deepEqual({ lead, junk }, { lead: 0, junk: 0 }, `join ${number} begins with a whole frame`)
  assert.ok(frames.length >= 3, `join ${number} got ${frames.length} frames`)
  return wholeFrames(audio, family)
}

const decodeAll = async (files: string[], family: 'mp3' | 'aac' | 'ogg'): Promise<string[]> => {
  const inputs = files.flatMap((file) => ['-f', family, '-i', file])
  const maps = files.flatMap((_, i) => ['-map', `${i}:a`])
  const { code, stderr } = await run('ffmpeg', ['-nostdin', '-v', 'error', ...inputs, ...maps, '-f', 'null', '-'], {
    timeoutMs: 60_000,
  })
  return [...complaints(stderr, family), ...(code === 0 ? [] : [`ffmpeg ended with ${code}`])]
}

describe('joining', { ...needs('ffmpeg'), concurrency: CODECS.length, timeout: 120_000 }, () => {
  before(async () => {
    station = await startStation({ mounts: CODECS.map(pathOf) })
    const { port } = station
    for (const codec of CODECS) {
      // oxlint-disable-next-line no-await-in-loop -- making all tones at once would only make each slower
      encoders.push(await startEncoder({ port, path: pathOf(codec), codec }))
    }
    await Promise.all(CODECS.map(async (codec) => (await tuneIn({ port, path: pathOf(codec) })).close()))
    // Until there is a past for the burst to be cut from.
    await sleep(6000)
  })
  after(async () => {
    await Promise.all(encoders.map((encoder) => encoder.stop()))
    await station?.close()
  })

  for (const codec of CODECS) {
    test(`${JOINS} joins of ${codec} all begin with sound`, async () => {
      const { family, extension } = FORMATS[codec]
      let next = 0
      let waiting: string[] = []
      const failed: string[] = []
      const judge = async (files: string[]): Promise<void> => {
        const errors = await decodeAll(files, family)
        if (errors.length > 0) failed.push(...errors)
        for (const file of files) rmSync(file)
      }
      const worker = async (): Promise<void> => {
        while (next < JOINS) {
          const number = next++
          const file = join(scratch(), `join-${codec}-${number}.${extension}`)
          // oxlint-disable-next-line no-await-in-loop -- one listener after the other; there are twenty of these loops
          writeFileSync(file, await record(codec, number))
          waiting.push(file)
          if (waiting.length < BATCH) continue
          const files = waiting
          waiting = []
          // oxlint-disable-next-line no-await-in-loop -- as above
          await judge(files)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
      if (waiting.length > 0) await judge(waiting)
      assert.deepEqual(failed, [])
    })
  }
})
