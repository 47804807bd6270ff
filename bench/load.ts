// A crowd of listeners: joins at a given rate, hears for a while, and says what it was like, as one line of JSON.
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    path: { type: 'string', default: '/bench.mp3' },
    listeners: { type: 'string', default: '1000' },
    joins: { type: 'string', default: '1500' },
    seconds: { type: 'string', default: '20' },
    icy: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
  },
})
const port = Number(values.port)
const wanted = Number(values.listeners)
const perSecond = Number(values.joins)
const seconds = Number(values.seconds)

type Hearer = {
  opened: number
  first: number
  last: number
  gap: number
  bytes: number
  head: Buffer | null
  closed: boolean
}

const hearers: Hearer[] = []
const sockets: Socket[] = []
// One buffer for every socket: what is heard is only counted.
const shared = Buffer.alloc(256 * 1024)
const request = `GET ${values.path} HTTP/1.0\r\nHost: localhost\r\nUser-Agent: load\r\n${values.icy ? 'Icy-MetaData: 1\r\n' : ''}\r\n`

const hear = (hearer: Hearer, bytes: Buffer): void => {
  const now = performance.now()
  let sound = bytes.length
  if (hearer.head) {
    hearer.head = Buffer.concat([hearer.head, bytes])
    const end = hearer.head.indexOf('\r\n\r\n')
    if (end < 0) return
    sound = hearer.head.length - end - 4
    hearer.head = null
  }
  if (sound <= 0) return
  if (hearer.first === 0) hearer.first = now
  // The burst at the start is one arrival; gaps are counted once everybody is in.
  else if (measuring) hearer.gap = Math.max(hearer.gap, now - hearer.last)
  hearer.last = now
  hearer.bytes += sound
}

let measuring = false

const join = (): void => {
  const hearer: Hearer = {
    opened: performance.now(),
    first: 0,
    last: 0,
    gap: 0,
    bytes: 0,
    head: Buffer.alloc(0),
    closed: false,
  }
  hearers.push(hearer)
  const socket = values.tls ? joinTls(hearer) : joinPlain(hearer)
  socket.on('error', () => {})
  socket.once('close', () => (hearer.closed = true))
  sockets.push(socket)
}

const joinPlain = (hearer: Hearer): Socket => {
  const onread = {
    buffer: shared,
    callback: (count: number, buffer: Uint8Array) => (hear(hearer, Buffer.from(buffer.buffer, 0, count)), true),
  }
  const socket = connect({ host: '127.0.0.1', port, onread } as NetConnectOpts)
  socket.once('connect', () => socket.write(request))
  return socket
}

const joinTls = (hearer: Hearer): Socket => {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false })
  socket.once('secureConnect', () => socket.write(request))
  socket.on('data', (bytes: Buffer) => hear(hearer, bytes))
  return socket
}

const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const began = performance.now()
await new Promise<void>((done) => {
  const timer = setInterval(() => {
    const due = Math.min(wanted, Math.floor(((performance.now() - began) / 1000) * perSecond))
    while (hearers.length < due) join()
    if (hearers.length >= wanted) {
      clearInterval(timer)
      done()
    }
  }, 4)
})
process.send?.({ type: 'joined' })
await new Promise((later) => setTimeout(later, 2500))
measuring = true
const bytesBefore = hearers.reduce((sum, hearer) => sum + hearer.bytes, 0)
for (const hearer of hearers) hearer.last = performance.now()
process.send?.({ type: 'steady' })
await new Promise((later) => setTimeout(later, seconds * 1000))
const bytes = hearers.reduce((sum, hearer) => sum + hearer.bytes, 0) - bytesBefore
process.send?.({ type: 'over' })
const firsts = hearers
  .filter((hearer) => hearer.first > 0)
  .map((hearer) => hearer.first - hearer.opened)
  .toSorted((a, b) => a - b)
const result = {
  listeners: hearers.filter((hearer) => !hearer.closed && hearer.bytes > 0).length,
  lost: hearers.filter((hearer) => hearer.closed || hearer.bytes === 0).length,
  firstByteP50: percentile(firsts, 0.5),
  firstByteP99: percentile(firsts, 0.99),
  longestGap: Math.max(...hearers.map((hearer) => hearer.gap)),
  kbps: (bytes * 8) / 1000 / seconds / wanted,
}
process.send?.({ type: 'result', result })
process.stdout.write(`${JSON.stringify(result)}\n`)
for (const socket of sockets) socket.destroy()
process.exit(0)
