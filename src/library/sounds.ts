import type { Readable } from 'node:stream'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Ids } from '../base/ids.ts'
import { createFileMeter } from '../formats/audio/file-meter.ts'
import type { Store } from '../store/store.ts'
import { blobIsASound, insertSound, newestSounds, soundByFile } from './sound-store.ts'
import type { Sound } from './sound-store.ts'

export type { Sound } from './sound-store.ts'

/** Three hours at 192 kbit/s, bytes. */
export const MOST_SOUND_BYTES = 256 * 2 ** 20
const LONGEST_TITLE = 200

export type SoundsDeps = { store: Store; clock: Clock; ids: Ids }

/** What our people recorded, for stories: MP3, AAC, Ogg and MPEG-4, as they came. */
export type Sounds = {
  /**
   * Takes a whole file as it streams in; `name` is the file's own. Throws SOUND_TOO_LARGE, SOUND_KIND, or what the stream
   * throws; then nothing is left.
   */
  take(upload: { name: string; by: string; source: AsyncIterable<Uint8Array> }): Promise<Sound>
  /** By the name it is served under. */
  find(file: string): Promise<Sound | null>
  /** Bytes `start` to `end`, both counted in. */
  read(sound: Pick<Sound, 'blob'>, start: number, end: number): Promise<Readable | null>
  /** Newest first, those whose title holds these words. */
  newest(find?: string): Promise<Sound[]>
}

export const openSounds = ({ store, clock, ids }: SoundsDeps): Sounds => ({
  async take({ name, by, source }) {
    const meter = createFileMeter()
    const blob = await store.blobs.put(watched(source, (chunk) => meter.push(chunk)))
    const known = meter.end()
    if (!known) {
      // The same bytes may have been taken for something else before; what is in use stays.
      if (!(await blobIsASound(store.read, blob.id))) await store.blobs.delete(blob.id)
      throw new GroundwaveError('SOUND_KIND')
    }
    const id = ids.next()
    const sound: Sound = {
      id,
      file: `s-${id}.${known.ending}`,
      blob: blob.id,
      type: known.type,
      bytes: blob.bytes,
      seconds: known.seconds,
      title: titleOf(name),
      transcript: '',
      at: clock.now(),
      by,
    }
    await store.tx(async (tx) => {
      await insertSound(tx, sound)
      const about = { name: name.slice(0, LONGEST_TITLE), bytes: blob.bytes, seconds: known.seconds }
      store.events.append(tx, { type: 'sound.taken', actor: by, subject: { kind: 'sound', id }, data: about })
    })
    return sound
  },
  find: (file) => soundByFile(store.read, file),
  read: ({ blob }, start, end) => store.blobs.range(blob, start, end),
  newest: (find = '') => newestSounds(store.read, { find, most: 60 }),
})

const titleOf = (name: string): string =>
  name
    .replace(/\.\w{1,5}$/, '')
    .replace(/[_-]+/g, ' ')
    .trim()
    .slice(0, LONGEST_TITLE)

/** Each piece is shown to `look` as it goes by. Throws SOUND_TOO_LARGE. */
async function* watched(source: AsyncIterable<Uint8Array>, look: (chunk: Buffer) => void): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of source) {
    length += chunk.length
    if (length > MOST_SOUND_BYTES) throw new GroundwaveError('SOUND_TOO_LARGE')
    // A copy: the meter keeps what it has not understood yet, and the sender's buffer may be used again.
    look(Buffer.from(chunk))
    yield chunk
  }
}
