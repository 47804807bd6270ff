import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { startEncoder } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { tuneIn, type Listener } from '../world/listeners.ts'
import type { Station } from '../world/station.ts'
import { tone } from '../world/tones.ts'
import type { Program } from '../world/programs.ts'

export const STEADY_PATH = '/steady.mp3'
const PASSWORD = 'steady'
/** For the station's configuration. With a password of its own: who knows it may take the mount over. */
export const STEADY_MOUNT = { path: STEADY_PATH, source: { password: PASSWORD } }
/** Longer than this without a byte, and somebody would hear it, ms. */
export const LONGEST_GAP_MS = 1000

export type Steady = {
  encoder: Program
  listeners: Listener[]
  /** Fails if a listener has missed a frame, or waited too long for one since it was asked last. */
  check(): Promise<void>
  stop(): Promise<void>
}

/** An encoder and its listeners, who have no part in the trouble: nothing may reach them. */
export const startSteady = async (port: number, { count = 1 }: { count?: number } = {}): Promise<Steady> => {
  const encoder = await startEncoder({ port, path: STEADY_PATH, codec: 'mp3', password: PASSWORD })
  const listeners = await Promise.all(Array.from({ length: count }, () => tuneIn({ port, path: STEADY_PATH })))
  let checked = performance.now()
  return {
    encoder,
    listeners,
    async check() {
      const from = checked
      checked = performance.now()
      for (const listener of listeners) {
        assert.ok(listener.open(), 'a steady listener was let go')
        const gap = listener.longestGap(from)
        assert.ok(gap < LONGEST_GAP_MS, `a steady listener waited ${Math.round(gap)} ms`)
        // oxlint-disable-next-line no-await-in-loop -- it only waits for the tone's frames, once
        await assertUnbroken(listener.body())
      }
    },
    async stop() {
      for (const listener of listeners) listener.close()
      await encoder.stop()
    },
  }
}

/** Every frame of the looped tone after the one before it: none missing, none twice, none damaged. */
const assertUnbroken = async (bytes: Buffer): Promise<void> => {
  const { frames, lead, junk } = walk(bytes, 'mp3')
  assert.deepEqual({ lead, junk }, { lead: 0, junk: 0 })
  const places = await tonePlaces()
  const heard = frames.map((frame) => places.get(frame.toString('latin1')))
  const wrong = heard.findIndex((place, i) => i > 0 && place !== (heard[i - 1]! + 1) % places.size)
  assert.equal(wrong, -1, `after frame ${heard[wrong - 1]} of the tone came ${heard[wrong]}`)
}

let known: Map<string, number> | null = null
/** Where each frame stands in the tone, without the information frame at its front, which encoders leave out. */
const tonePlaces = async (): Promise<Map<string, number>> => {
  if (known) return known
  const { frames } = walk(readFileSync(await tone('mp3')), 'mp3')
  const sound = frames.filter((frame) => !/Xing|Info/.test(frame.toString('latin1', 0, 64)))
  return (known = new Map(sound.map((frame, i) => [frame.toString('latin1'), i])))
}

/** Resident memory of a process, MiB. */
export const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** A number of the air's metrics, by its name without the prefix; of one mount, where it is told by mount. */
export const metric = async ({ url }: Pick<Station, 'url'>, name: string, mount?: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  const start = `groundwave_air_${name}${mount === undefined ? '' : `{mount="${mount}"}`} `
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.slice(start.length),
  )
}
