import assert from 'node:assert/strict'
import { decode } from '../world/decode.ts'
import { FORMATS, type Codec } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { tuneIn, type Listener } from '../world/listeners.ts'
import type { Program } from '../world/programs.ts'
import { SOURCE_PASSWORD, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'

export type HearOptions = { port: number; seconds?: number; silent?: boolean; about?: () => string }

/** Listens for some seconds and has ffmpeg judge what came. */
export const hear = async (
  path: string,
  codec: Codec,
  { port, seconds = 3, silent = false, about }: HearOptions,
): Promise<Listener> => {
  const listener = await tuneIn({ port, path, icy: true }, 20_000).catch((cause: unknown) => {
    throw new Error(`${String(cause)}\n${about?.()}`)
  })
  await sleep(seconds * 1000)
  const { family } = FORMATS[codec]
  const audio = listener.audio()
  const { lead, junk, frames } = walk(audio, family)
  assert.deepEqual({ lead, junk }, { lead: 0, junk: 0 }, 'begins with a whole frame, and nothing lies between frames')
  assert.ok(frames.length > 1)
  const { errors, seconds: decoded, level } = await decode(audio, family)
  assert.deepEqual(errors, [])
  assert.ok(decoded > seconds * 0.5, `${decoded} s of sound in ${seconds} s`)
  if (!silent) assert.ok(level > -40, `the tone is heard (${level} dB)`)
  return listener
}

/** Waits until the stream itself has told this title. */
export const hearTitle = async (listener: Listener, wanted: string, ms = 20_000): Promise<void> => {
  await waitFor(`the title ${wanted}`, () => listener.titles().some((entry) => entry.title === wanted), {
    ms,
    every: 200,
    about: () => JSON.stringify(listener.titles()),
  })
}

/** Runs the body and stops the programs, whatever comes. */
export const stopping = async (programs: Program[], body: () => Promise<void>): Promise<void> => {
  try {
    await body()
  } finally {
    await Promise.all(programs.map((program) => program.stop('SIGINT')))
  }
}

/** Tells a mount's new title as encoders do. */
export const setTitle = async (station: Pick<Station, 'url'>, path: string, song: string): Promise<void> => {
  const query = new URLSearchParams({ mount: path, mode: 'updinfo', song, charset: 'UTF-8' })
  const headers = { Authorization: `Basic ${btoa(`source:${SOURCE_PASSWORD}`)}` }
  const { status } = await fetch(`${station.url}/admin/metadata?${query.toString()}`, { headers })
  assert.equal(status, 200)
}
