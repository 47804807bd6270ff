import type { AudioFormat } from '../formats/audio/frame.ts'

/** What the `.ev` file beside an hour's audio says of it. */
export type FileFacts = {
  format: AudioFormat
  /** Ogg: bytes of header pages before the first frame. */
  headerBytes: number
  /** Sample position and wall time (ms) of the first frame. */
  start: { position: number; wall: number }
  titles: { position: number; title: string | null }[]
}

/** Reads the `.ev` lines of an hour file: what it is, and which title began at which sample. */
export const readFacts = (text: string): FileFacts | null => {
  let facts: FileFacts | null = null
  for (const line of text.split('\n')) {
    // The last line may be cut short by a crash.
    let event: Record<string, unknown>
    try {
      event = JSON.parse(line)
    } catch {
      continue
    }
    if (event['type'] === 'file') facts = { ...(event as Omit<FileFacts, 'titles'>), titles: [] }
    if (event['type'] === 'title')
      facts?.titles.push({ position: Number(event['position']), title: event['title'] as string | null })
  }
  return facts
}

/** The title that was running at a sample position. */
export const titleAt = (titles: FileFacts['titles'], position: number): string | null =>
  titles.findLast((entry) => entry.position <= position)?.title ?? null
