import type { BodyBlock } from './body-blocks.ts'
import { shownOf } from './shown.ts'
import type { StoryContent } from './story.ts'

export type BodiesDeps = {
  /** A revision out of the database; null when there is none. */
  read: (id: string, revision: number) => Promise<StoryContent | null>
  /** Most characters kept. */
  limit?: number
}

type Kept = { body: readonly BodyBlock[]; size: number }

/** Bodies of stories, read when they are asked for, the latest kept. A revision never changes, so what is kept is true. */
export class Bodies {
  readonly #read: BodiesDeps['read']
  readonly #limit: number
  readonly #kept = new Map<string, Kept>()
  readonly #reading = new Map<string, Promise<Kept | null>>()
  #size = 0

  constructor({ read, limit = 16 * 2 ** 20 }: BodiesDeps) {
    this.#read = read
    this.#limit = limit
  }

  /** However many ask at once, it is read once. */
  async get(id: string, revision: number): Promise<readonly BodyBlock[] | null> {
    const key = `${id} ${revision}`
    const known = this.#kept.get(key)
    if (known) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known.body
    }
    let reading = this.#reading.get(key)
    if (!reading) {
      reading = this.#load(key, id, revision).finally(() => this.#reading.delete(key))
      this.#reading.set(key, reading)
    }
    return (await reading)?.body ?? null
  }

  forget(id: string): void {
    for (const key of this.#kept.keys()) if (key.startsWith(`${id} `)) this.#drop(key)
  }

  async #load(key: string, id: string, revision: number): Promise<Kept | null> {
    const content = await this.#read(id, revision)
    if (!content) return null
    const { body } = shownOf(content)
    const one = { body, size: JSON.stringify(content.body).length }
    this.#kept.set(key, one)
    this.#size += one.size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) break
      this.#drop(oldest)
    }
    return one
  }

  #drop(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0
    this.#kept.delete(key)
  }
}
