import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from '../base/ids.ts'

/** RFC 9106 §3.1; memory in KiB. Raised here, they are raised for everybody at the next log-in. */
export type Cost = { memory: number; passes: number; parallelism: number }
export const COST: Cost = { memory: 32 * 1024, passes: 3, parallelism: 1 }

// A row somebody planted must not be able to ask for more than this to be checked.
const MOST: Cost = { memory: 256 * 1024, passes: 16, parallelism: 8 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** Hashing takes a thread and much memory each; reading files must not wait behind a hundred log-ins. */
const AT_ONCE = 2

const derive = promisify(argon2)

/** @returns `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, each time with another salt. */
export const hashPassword = async (plain: string, { random, cost = COST }: { random: Random; cost?: Cost }) => {
  const salt = Buffer.from(random(SALT_BYTES))
  const hash = await compute(plain, salt, HASH_BYTES, cost)
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`
  return `$argon2id$v=19$${parameters}$${encode(salt)}$${encode(hash)}`
}

/** Whether `plain` is the password of `stored`, and whether that was hashed for less than is asked today. Never throws. */
export const verifyPassword = async (
  plain: string,
  stored: string,
  cost = COST,
): Promise<{ right: boolean; outdated: boolean }> => {
  const parts = read(stored)
  if (!parts) return { right: false, outdated: true }
  const { salt, hash, ...used } = parts
  const right = timingSafeEqual(await compute(plain, salt, hash.length, used), hash)
  const outdated = used.memory < cost.memory || used.passes < cost.passes || used.parallelism < cost.parallelism
  return { right, outdated }
}

const read = (stored: string): (Cost & { salt: Buffer; hash: Buffer }) | null => {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored)
  if (!parts) return null
  const [memory = 0, passes = 0, parallelism = 0] = parts.slice(1, 4).map(Number)
  const [salt, hash] = [Buffer.from(parts[4] ?? '', 'base64'), Buffer.from(parts[5] ?? '', 'base64')]
  const fits = memory >= 8 * parallelism && passes >= 1 && parallelism >= 1 && salt.length >= 8 && hash.length >= 16
  const modest = memory <= MOST.memory && passes <= MOST.passes && parallelism <= MOST.parallelism && hash.length <= 64
  return fits && modest ? { memory, passes, parallelism, salt, hash } : null
}

let running = 0
const waiting: (() => void)[] = []

const compute = async (plain: string, nonce: Buffer, tagLength: number, cost: Cost): Promise<Buffer> => {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    // Composed or decomposed, wide or narrow: the same letters are the same password.
    const message = Buffer.from(plain.normalize('NFKC'))
    return await derive('argon2id', { message, nonce, tagLength, ...cost })
  } finally {
    running--
    waiting.shift()?.()
  }
}

// The PHC string format has no padding.
const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
