import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { waitFor } from './wait.ts'

export type ListenOrder = {
  port: number
  path: string
  /** Asks for titles in the stream. */
  icy?: boolean
  headers?: string[]
  method?: string
  protocol?: string
}

/** A plain TCP listener: what came, and when. */
export type Listener = {
  socket: Socket
  status: number
  /** As sent, UTF-8. */
  head: string
  /** Names in lower case. */
  headers: Map<string, string>
  /** What came after the head, with the time of its coming (performance.now()). */
  chunks: { at: number; bytes: Buffer }[]
  /** All that came after the head. */
  body(): Buffer
  /** The body without metadata blocks. */
  audio(): Buffer
  /** Titles as the blocks told them, with the place in the audio where each block stood. */
  titles(): { at: number; block: string; title: string | null }[]
  /** Bytes after the head so far. */
  length(): number
  open(): boolean
  /** Longest wait between two arrivals since `from` (performance.now()), ms; the wait that still runs counts. */
  longestGap(from?: number): number
  /** Resolves when so many bytes of the body have come. */
  heard(bytes: number, ms?: number): Promise<void>
  close(): void
}

/** Connects and resolves with the head of the answer; the recording runs on. */
export const listen = async (order: ListenOrder): Promise<Listener> => {
  const { port, path, icy = false, headers = [], method = 'GET', protocol = 'HTTP/1.0' } = order
  const socket = connect({ port, host: '127.0.0.1' })
  socket.setNoDelay(true)
  const chunks: Listener['chunks'] = []
  let length = 0
  let before: Buffer = Buffer.alloc(0)
  let head: string | null = null
  let open = true
  socket.on('error', () => {})
  socket.once('close', () => (open = false))
  socket.on('data', (chunk: Buffer) => {
    if (head === null) {
      before = Buffer.concat([before, chunk])
      const end = before.indexOf('\r\n\r\n')
      if (end < 0) return
      head = before.toString('utf8', 0, end)
      chunk = before.subarray(end + 4)
    }
    if (chunk.length === 0) return
    chunks.push({ at: performance.now(), bytes: chunk })
    length += chunk.length
  })
  await once(socket, 'connect')
  const lines = [
    `${method} ${path} ${protocol}`,
    `Host: 127.0.0.1:${port}`,
    ...(icy ? ['Icy-MetaData: 1'] : []),
    ...headers,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  await waitFor(`an answer to ${method} ${path}`, () => head !== null || !open, { every: 5 })
  const [first = '', ...rest] = (head ?? '').split('\r\n')
  const named = new Map(
    rest.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const body = () => Buffer.concat(chunks.map((chunk) => chunk.bytes))
  const metaint = Number(named.get('icy-metaint') ?? 0)
  return {
    socket,
    status: Number(/^\S+ (\d+)/.exec(first)?.[1] ?? 0),
    head: head ?? '',
    headers: named,
    chunks,
    body,
    audio: () => Buffer.concat(readIcy(body(), metaint).audio),
    titles: () => readIcy(body(), metaint).titles,
    length: () => length,
    open: () => open,
    longestGap: (from = 0) => {
      const times = [from, ...chunks.map((chunk) => chunk.at).filter((at) => at >= from), performance.now()].filter(
        (at) => at > 0,
      )
      return Math.max(0, ...times.slice(1).map((at, i) => at - times[i]!))
    },
    heard: async (bytes, ms = 15_000) => {
      await waitFor(`${bytes} bytes of ${path}`, () => length >= bytes, {
        ms,
        about: () => `${length} bytes came; the connection is ${open ? 'open' : 'closed'}`,
      })
    },
    close: () => socket.destroy(),
  }
}

/** Joins a mount as soon as it plays. */
export const tuneIn = (order: ListenOrder, ms = 15_000): Promise<Listener> =>
  waitFor(
    `${order.path} plays`,
    async () => {
      const listener = await listen(order)
      if (listener.status === 200) return listener
      listener.close()
      return null
    },
    { ms, every: 100 },
  )

/** Takes a body apart as players do: a length byte after every `metaint` bytes, text ended by `';`. */
export const readIcy = (body: Buffer, metaint: number): { audio: Buffer[]; titles: ReturnType<Listener['titles']> } => {
  if (metaint === 0) return { audio: [body], titles: [] }
  const audio: Buffer[] = []
  const titles: ReturnType<Listener['titles']> = []
  let heard = 0
  for (let at = 0; at < body.length;) {
    const piece = body.subarray(at, at + metaint)
    audio.push(piece)
    heard += piece.length
    at += metaint
    const size = (body[at] ?? 0) * 16
    // The last block may not have come whole.
    if (at >= body.length || at + 1 + size > body.length) break
    if (size > 0) {
      const block = body.toString('utf8', at + 1, at + 1 + size).replace(/\0+$/, '')
      titles.push({ at: heard, block, title: /StreamTitle='(.*?)';/s.exec(block)?.[1] ?? null })
    }
    at += 1 + size
  }
  return { audio, titles }
}
