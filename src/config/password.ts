import { createHash, randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const cost = { N: 16_384, r: 8, p: 1 }
const hashBytes = 32
// A hash somebody pasted into the file must not be able to ask for more than this to be checked.
const maxCost = { N: 1 << 20, r: 32, p: 16, memory: 256 * 1024 * 1024 }

/** `scrypt:N:r:p:salt:hash`, salt and hash as base64url; each call has its own salt. */
export const hashPassword = (plain: string): string => {
  const salt = randomBytes(16)
  const hash = scryptSync(plain.normalize('NFC'), salt, hashBytes, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join(':')
}

/** True when `plain` is the password of `stored`, which is plain text or what hashPassword gave. Never throws. */
export const verifyPassword = async (plain: string, stored: string): Promise<boolean> => {
  if (!stored.startsWith('scrypt:')) return timingSafeEqual(digest(plain), digest(stored))
  const parts = /^scrypt:(\d+):(\d+):(\d+):([\w-]+):([\w-]+)$/.exec(stored)
  if (!parts) return false
  const [N, r, p] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const hash = Buffer.from(parts[5] ?? '', 'base64url')
  if (N > maxCost.N || r > maxCost.r || p > maxCost.p || hash.length < 16) return false
  const salt = Buffer.from(parts[4] ?? '', 'base64url')
  try {
    const made = await derive(plain.normalize('NFC'), salt, hash.length, { N, r, p, maxmem: maxCost.memory })
    return timingSafeEqual(made, hash)
  } catch {
    return false // parameters scrypt itself refuses
  }
}

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

// Equal lengths, whatever was typed: timingSafeEqual needs them, and a length is a hint.
const digest = (text: string) => createHash('sha256').update(text.normalize('NFC')).digest()
