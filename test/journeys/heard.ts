import { readFileSync } from 'node:fs'
import { walk } from '../world/frames.ts'

// What went out is compared with what went in, frame by frame: a listener must get the very frames of the recording
// that feeds the stream, in its order, without one missing.

export type Recording = { name: string; frames: Buffer[] }

/** The frames of an MP3 file, without the one that only describes the file. */
export const recordingOf = (name: string, file: string): Recording => {
  const { frames } = walk(readFileSync(file), 'mp3')
  return { name, frames: frames.filter((frame) => !/Xing|Info/.test(frame.toString('latin1', 0, 64))) }
}

/** So many frames of one recording in their order, its end joined to its beginning. */
export type Run = { name: string; first: number; count: number }

/** Takes what was heard apart into runs; frames of no known recording are runs called "?". */
export const runsOf = (heard: Buffer[], recordings: Recording[]): Run[] => {
  const places = new Map<string, { recording: Recording; at: number }>()
  for (const recording of recordings)
    recording.frames.forEach((frame, at) => places.set(frame.toString('latin1'), { recording, at }))
  const runs: Run[] = []
  let next: { recording: Recording; at: number } | null = null
  for (const frame of heard) {
    const run = runs.at(-1)
    // Frames that are equal to each other (silence) are in their place when they are where they must be.
    if (next && run && next.recording.frames[next.at]?.equals(frame)) run.count++
    else {
      next = places.get(frame.toString('latin1')) ?? null
      if (!next && run?.name === '?') run.count++
      else runs.push({ name: next?.recording.name ?? '?', first: next?.at ?? 0, count: 1 })
    }
    next = next && { recording: next.recording, at: (next.at + 1) % next.recording.frames.length }
  }
  return runs
}
