import type { Readable } from 'node:stream'

export type StoredBlob = {
  /** SHA-256 of the bytes, 64 hex digits: what is stored twice is kept once. */
  id: string
  bytes: number
  /** Media type by the first bytes, never by what somebody said; `application/octet-stream` when they tell nothing. */
  type: string
}

/** Where pictures, sound and documents lie: a folder here, later any S3. Written once, never changed. */
export type Blobs = {
  /** Keeps what is read, whole or not at all. Passes on what the stream throws, then nothing is left behind. */
  put(source: Readable | AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob>
  /** null when there is no such blob. */
  get(id: string): Promise<Readable | null>
  /** Bytes `start` to `end`, both counted in, as in HTTP; null when there is no such blob. */
  range(id: string, start: number, end: number): Promise<Readable | null>
  /** null when there is no such blob. */
  size(id: string): Promise<number | null>
  has(id: string): Promise<boolean>
  /** From now on it is not there. Its bytes are kept for a day, for a backup that has begun. Nothing happens when it was not there. */
  delete(id: string): Promise<void>
  /** All there are. */
  list(): AsyncIterable<{ id: string; bytes: number }>
  /** All there are and all that were deleted within the day, for a backup; `get` gives also the latter. */
  listForBackup(): AsyncIterable<{ id: string; bytes: number; get: () => Promise<Readable> }>
  /** Throws away for good what was deleted, or begun and never finished, more than a day ago. */
  sweep(): Promise<void>
}
