import type { Socket } from 'node:net'
import { icyBlock, icyEmptyBlock } from '../formats/stream/icy.ts'
import type { Batch } from './batch.ts'

/** ICY state of one listener: how many audio bytes until the next metadata block, and what it was told last. */
type IcyState = { metaint: number; untilBlock: number; told: string | null | undefined }

/** One open socket that hears a mount. Holds numbers only: no stream, timer or copy of its own. */
export type Listener = {
  id: number
  socket: Socket
  /** Number of the batch to be sent next. */
  next: number
  icy: IcyState | null
  /** Times it was skipped forward because it read too slowly. */
  skipped: number
  /** Milliseconds since the Unix epoch. */
  since: number
  bytes: number
  address: string
  agent: string
}

const NOTHING_NEW = icyEmptyBlock()

/** Metadata blocks are the same for everybody: one encoded block per title is kept. */
let lastTitle: string | null = null
let lastBlock = icyBlock(null)

const blockFor = (title: string | null): Buffer => {
  if (title !== lastTitle) {
    lastBlock = icyBlock(title)
    lastTitle = title
  }
  return lastBlock
}

/** Sends one batch: a single shared buffer, or, with ICY, slices of it around metadata blocks in one writev. */
export const sendBatch = (listener: Listener, batch: Batch): void => {
  listener.next = batch.number + 1
  sendBytes(listener, batch.bytes, batch.title)
}

/** Sends audio bytes that carry `title`, keeping the ICY interval exact to the byte. */
export const sendBytes = (listener: Listener, bytes: Buffer, title: string | null): void => {
  const { socket, icy } = listener
  listener.bytes += bytes.length
  if (!icy) {
    socket.write(bytes)
    return
  }
  if (bytes.length < icy.untilBlock) {
    icy.untilBlock -= bytes.length
    socket.write(bytes)
    return
  }
  socket.cork()
  let at = 0
  while (bytes.length - at >= icy.untilBlock) {
    socket.write(bytes.subarray(at, at + icy.untilBlock))
    at += icy.untilBlock
    icy.untilBlock = icy.metaint
    socket.write(title === icy.told ? NOTHING_NEW : blockFor(title))
    icy.told = title
  }
  if (at < bytes.length) {
    socket.write(bytes.subarray(at))
    icy.untilBlock -= bytes.length - at
  }
  socket.uncork()
}
