import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

/** POSIX.1-1988 ustar, so that any `tar` opens a backup; pax records (POSIX.1-2001) for names ustar has no room for. */
const BLOCK = 512
const LONGEST_NAME = 100
/** The eleven octal digits of ustar end here; more is written in base 256, as GNU tar does. */
const OCTAL_LIMIT = 8 ** 11

export type TarEntry = { path: string; bytes: number; body: AsyncIterable<Uint8Array> }

/** Writes one entry after another to a file. */
export class TarWriter {
  readonly #file: FileHandle
  readonly #mtime: number

  /** @param mtime what all entries are dated, seconds since the epoch. */
  constructor(file: FileHandle, mtime: number) {
    this.#file = file
    this.#mtime = mtime
  }

  /** Throws when the body has another length than announced: the header is written before it. */
  async add(path: string, bytes: number, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    if (Buffer.byteLength(path) > LONGEST_NAME) await this.#pax(path)
    await this.#file.writeFile(header({ path: path.slice(-LONGEST_NAME), bytes, type: '0', mtime: this.#mtime }))
    let written = 0
    for await (const chunk of body) {
      written += chunk.length
      if (written > bytes) break
      await this.#file.writeFile(chunk)
    }
    if (written !== bytes) throw new Error(`${path} changed while it was read`)
    await this.#file.writeFile(padding(bytes))
  }

  /** Writes the end of the archive. The file stays open. */
  async end(): Promise<void> {
    await this.#file.writeFile(Buffer.alloc(2 * BLOCK))
  }

  async #pax(path: string): Promise<void> {
    // "length key=value\n", where length counts its own digits.
    const rest = ` path=${path}\n`
    let length = Buffer.byteLength(rest)
    length += String(length + String(length).length).length
    const record = Buffer.from(`${length}${rest}`)
    await this.#file.writeFile(header({ path: 'pax', bytes: record.length, type: 'x', mtime: this.#mtime }))
    await this.#file.writeFile(Buffer.concat([record, padding(record.length)]))
  }
}

const padding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)

const header = ({ path, bytes, type, mtime }: { path: string; bytes: number; type: string; mtime: number }): Buffer => {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) => block.write(value.toString(8).padStart(digits, '0'), at)
  block.write(path, 0, LONGEST_NAME, 'utf8')
  octal(0o600, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  if (bytes < OCTAL_LIMIT) octal(bytes, 124, 11)
  else {
    block.writeUInt8(0x80, 124)
    block.writeBigUInt64BE(BigInt(bytes), 128)
  }
  octal(mtime, 136, 11)
  block.fill(' ', 148, 156)
  block.write(type, 156)
  block.write('ustar\x0000', 257)
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  )
  block.writeUInt8(0, 154)
  return block
}

/** Reads the entries of a tar file in their order. Throws when it ends in the middle, or is no tar. */
export const readTar = async function* (path: string): AsyncGenerator<TarEntry> {
  const file = await open(path, 'r')
  try {
    let at = 0
    let longName: string | undefined
    for (;;) {
      const block = await readExactly(file, at, BLOCK)
      at += BLOCK
      if (block.every((byte) => byte === 0)) return
      const { name, bytes, type } = readHeader(block)
      const start = at
      at += bytes + padding(bytes).length
      if (type === 'x') longName = /\d+ path=(.*)\n/.exec((await readExactly(file, start, bytes)).toString('utf8'))?.[1]
      else {
        yield { path: longName ?? name, bytes, body: readRange(file, start, bytes) }
        longName = undefined
      }
    }
  } finally {
    await file.close()
  }
}

const readHeader = (block: Buffer): { name: string; bytes: number; type: string } => {
  const text = (from: number, to: number) => block.toString('utf8', from, to).replace(/\0.*$/s, '')
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  if (sum !== Number.parseInt(text(148, 156), 8)) throw new Error('no tar file, or a damaged one')
  const bytes = block[124] === 0x80 ? Number(block.readBigUInt64BE(128)) : Number.parseInt(text(124, 136), 8)
  return { name: text(0, LONGEST_NAME), bytes, type: text(156, 157) }
}

const CHUNK = 256 * 1024

const readRange = async function* (file: FileHandle, start: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < bytes; done += CHUNK)
    yield await readExactly(file, start + done, Math.min(CHUNK, bytes - done))
}

const readExactly = async (file: FileHandle, at: number, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(bytes)
  for (let done = 0; done < bytes;) {
    const { bytesRead } = await file.read(buffer, done, bytes - done, at + done)
    if (bytesRead === 0) throw new Error('the file ends too early')
    done += bytesRead
  }
  return buffer
}
