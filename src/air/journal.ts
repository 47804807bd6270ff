import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'

/** What air writes down: facts that the ledgers are later made of. Listeners' addresses appear only as salted hashes. */
export type JournalEvent =
  | { type: 'start' | 'stop' }
  | {
      type: 'epoch'
      mount: string
      epoch: number
      feed: string
      from: string
      codec: string
      rate: number
      channels: number
      kbps: number
    }
  | { type: 'epoch-end'; mount: string; epoch: number; reason: string }
  | { type: 'title'; mount: string; title: string | null }
  | { type: 'up' | 'down'; mount: string; feed: string }
  | { type: 'stalled'; mount: string }
  | { type: 'dead-air'; mount: string; since: number }
  | { type: 'source'; mount: string; agent: string; address: string }
  | { type: 'source-gone'; mount: string; reason: string }
  | { type: 'session'; id: string; mount: string; protocol: 'icy' | 'hls'; agent: string; who: string }
  | { type: 'session-end'; id: string; mount: string; ms: number; bytes: number; reason: string }
  | { type: 'archive-stopped' | 'archive-resumed'; mount: string; reason: string }

export type Journal = {
  /** Queues one line; never waits, never throws. */
  write(event: JournalEvent): void
  /** Resolves when all that was queued is on disk or has failed. */
  flush(): Promise<void>
}

/** Append-only JSON lines, a file per UTC day: `<folder>/2026-03-12.jsonl`. A full disk loses lines, never air. */
export const openJournal = ({ folder, clock, log }: { folder: string; clock: Clock; log: Log }): Journal => {
  let lines: string[] = []
  let writing: Promise<void> | null = null
  let failing = false

  const drain = async () => {
    while (lines.length > 0) {
      const text = lines.join('')
      lines = []
      const file = join(folder, `${new Date(clock.now()).toISOString().slice(0, 10)}.jsonl`)
      try {
        await mkdir(folder, { recursive: true })
        await appendFile(file, text)
        failing = false
      } catch (cause) {
        if (!failing) log.error('the journal cannot be written; events are lost until it can', { cause: String(cause) })
        failing = true
      }
    }
    writing = null
  }

  return {
    write(event) {
      lines.push(`${JSON.stringify({ at: clock.now(), ...event })}\n`)
      writing ??= drain()
    },
    async flush() {
      await writing
    },
  }
}
