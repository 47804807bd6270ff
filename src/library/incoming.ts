import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { MOST_BYTES } from './imaging.ts'

export type Upload = {
  id: string
  /** The file's name where it came from. */
  name: string
  /** Bytes it will have. */
  size: number
  /** An account's id. */
  by: string
  at: number
}

/** Unfinished ones that one person may have lying about, and all together. */
const MOST_OF_ONE = 20
const MOST_OF_ALL = 100
/** Who does not go on within this time begins again, ms. */
const STALE_MS = 24 * 3_600_000

/**
 * Photos on their way in: a file each in `folder`, so that a line that broke can go on where it broke, even after the
 * house was started again. Nothing of them is in the library or the database before they are whole and known to be good.
 */
export class Incoming {
  readonly #folder: string
  readonly #clock: Clock
  readonly #busy = new Set<string>()

  constructor({ folder, clock }: { folder: string; clock: Clock }) {
    this.#folder = folder
    this.#clock = clock
  }

  /** Makes room for a file of this many bytes. Throws TOO_LARGE or UPLOADS_FULL. */
  async begin({ name, size, by }: Pick<Upload, 'name' | 'size' | 'by'>): Promise<Upload> {
    if (size > MOST_BYTES) throw new GroundwaveError('TOO_LARGE')
    await mkdir(this.#folder, { recursive: true })
    const there = await this.#all()
    if (there.length >= MOST_OF_ALL || there.filter((one) => one.by === by).length >= MOST_OF_ONE)
      throw new GroundwaveError('UPLOADS_FULL')
    const upload = { id: randomBytes(16).toString('hex'), name: name.slice(0, 200), size, by, at: this.#clock.now() }
    await writeFile(this.#fileOf(upload.id), '')
    await writeFile(this.#noteOf(upload.id), JSON.stringify(upload))
    return upload
  }

  /** What there is of it. Throws UPLOAD_UNKNOWN, also to everybody but who began it. */
  async find(id: string, by: string): Promise<Upload & { offset: number }> {
    const upload = /^[0-9a-f]{32}$/.test(id) ? await this.#read(id) : null
    const found = upload && (await stat(this.#fileOf(id)).catch(() => null))
    if (!upload || !found || upload.by !== by) throw new GroundwaveError('UPLOAD_UNKNOWN')
    return { ...upload, offset: found.size }
  }

  /**
   * Writes on from `offset`, which must be where it stands; what has come is kept when the line breaks.
   * @returns bytes there are now. Throws UPLOAD_UNKNOWN, UPLOAD_ELSEWHERE, or TOO_LARGE, and then nothing is left.
   */
  async append(
    upload: Upload,
    { offset, source }: { offset: number; source: AsyncIterable<Uint8Array> },
  ): Promise<number> {
    const { id, size } = upload
    if (this.#busy.has(id)) throw new GroundwaveError('UPLOAD_ELSEWHERE')
    this.#busy.add(id)
    try {
      const handle = await open(this.#fileOf(id), 'r+')
      try {
        let at = (await handle.stat()).size
        if (at !== offset) throw new GroundwaveError('UPLOAD_ELSEWHERE', `(${at})`)
        for await (const chunk of source) {
          if (at + chunk.length > size) throw new GroundwaveError('TOO_LARGE')
          await handle.write(chunk, 0, chunk.length, at)
          at += chunk.length
        }
        return at
      } finally {
        await handle.close()
      }
    } catch (error) {
      if (error instanceof GroundwaveError && error.code === 'TOO_LARGE') await this.drop(id)
      throw error
    } finally {
      this.#busy.delete(id)
    }
  }

  /** Where its bytes lie. */
  file(id: string): string {
    return this.#fileOf(id)
  }

  async drop(id: string): Promise<void> {
    await rm(this.#fileOf(id), { force: true })
    await rm(this.#noteOf(id), { force: true })
  }

  /** Throws away what nobody went on with. */
  async sweep(): Promise<void> {
    for (const upload of await this.#all())
      if (this.#clock.now() - upload.at > STALE_MS && !this.#busy.has(upload.id)) await this.drop(upload.id)
  }

  async #all(): Promise<Upload[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const notes = names.filter((name) => name.endsWith('.json')).map((name) => this.#read(name.slice(0, -5)))
    return (await Promise.all(notes)).filter((note) => note !== null)
  }

  async #read(id: string): Promise<Upload | null> {
    return readFile(this.#noteOf(id), 'utf8').then(
      (text) => JSON.parse(text) as Upload,
      () => null,
    )
  }

  #fileOf(id: string): string {
    return join(this.#folder, id)
  }

  #noteOf(id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}
