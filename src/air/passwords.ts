import { createHash, timingSafeEqual } from 'node:crypto'
import { verifyPassword } from '../config/password.ts'

/** Wrong passwords one address may send within a window before it is refused unheard. */
const TRIES = 20
const WINDOW_MS = 60_000

/**
 * Checks passwords of sources and admins. A slow hash is computed once per right password and then remembered as
 * a fast one, so that encoders that log in with every title cost nothing; wrong ones are counted by address.
 */
export class Passwords {
  readonly #now: () => number
  readonly #known = new Map<string, Buffer>()
  readonly #wrong = new Map<string, { count: number; until: number }>()

  constructor({ now }: { now: () => number }) {
    this.#now = now
  }

  lockedOut(address: string): boolean {
    const entry = this.#wrong.get(address)
    return entry !== undefined && entry.count >= TRIES && entry.until > this.#now()
  }

  /** @param stored plain text or `scrypt:…`, as in the configuration. */
  async check(given: string, stored: string, address: string): Promise<boolean> {
    const right = await this.fits(given, stored)
    if (!right) this.#count(address)
    return right
  }

  /** The same without counting: for protocols whose password must be tried on several mounts. */
  async fits(given: string, stored: string): Promise<boolean> {
    const fast = createHash('sha256').update(given).digest()
    const known = this.#known.get(stored)
    const right = known && timingSafeEqual(known, fast) ? true : await verifyPassword(given, stored)
    if (right) this.#known.set(stored, fast)
    return right
  }

  #count(address: string): void {
    const now = this.#now()
    if (this.#wrong.size > 10_000) this.#wrong.clear()
    const entry = this.#wrong.get(address)
    if (entry && entry.until > now) entry.count++
    else this.#wrong.set(address, { count: 1, until: now + WINDOW_MS })
  }
}
