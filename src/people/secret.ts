import { createHash, createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Random } from '../base/ids.ts'

const SECRET_BYTES = 32

/** 256 random bits for a link, a cookie or a program's key. It is shown once; the database keeps its hash. */
export const newSecret = (random: Random): string => Buffer.from(random(SECRET_BYTES)).toString('base64url')

/** A fast hash will do: nobody guesses 256 bits. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** For what can be guessed, like a name or an address: worth nothing once the salt is gone. */
export const hashWithSalt = (text: string, salt: string): string =>
  createHmac('sha256', salt).update(text).digest('hex')

/** The part of an address that one customer of a network has: all of IPv4, the first 64 bits of IPv6 (RFC 6177). */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const words = head ? head.split(':') : []
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : 8 - words.length - after.length
  const all = [...words, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after]
  return all
    .slice(0, 4)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':')
}
