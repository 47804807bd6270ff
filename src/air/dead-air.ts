import { isSilentAdtsFrame } from '../formats/audio/adts-silence.ts'
import type { AudioFormat } from '../formats/audio/frame.ts'
import { isSilentMpegFrame } from '../formats/audio/mpeg-frame.ts'
import type { AirFrame } from './epoch.ts'

/** Digital silence for so long is no pause any more, ms of media time. */
const DEAD_MS = 10_000

/**
 * Notices dead air in what goes out: a connection that is fine and frames that hold no sound at all. It looks at the
 * coded frames, so it costs next to nothing; hum and noise are not silence to it. Ogg is not looked into.
 */
export class DeadAir {
  #quietMs = 0
  #since = 0

  /** Since when nothing but digital silence has gone out, ms since the Unix epoch; null while there is sound. */
  get since(): number | null {
    return this.#quietMs >= DEAD_MS ? this.#since : null
  }

  /** A new epoch: what the last one was like says nothing of it. */
  begin(): void {
    this.#quietMs = 0
  }

  observe(frames: AirFrame[], format: AudioFormat): void {
    const silent = format.codec === 'mp3' ? isSilentMpegFrame : format.codec === 'aac' ? isSilentAdtsFrame : null
    if (!silent) return
    for (const frame of frames) {
      if (!silent(frame.bytes)) this.#quietMs = 0
      else {
        if (this.#quietMs === 0) this.#since = frame.wall
        this.#quietMs += (frame.samples / format.rate) * 1000
      }
    }
  }
}
