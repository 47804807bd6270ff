import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import type { AirFrame } from './epoch.ts'
import { FanOut } from './fan-out.ts'

const FRAME_MS = 26
let now = 1_000_000

const server = createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

/** A real socket pair: ours to write to, theirs to listen with. */
const pair = async (): Promise<{ ours: Socket; theirs: Socket; heard: () => Buffer }> => {
  const address = server.address()
  const theirs = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  const [ours] = (await once(server, 'connection')) as [Socket]
  const chunks: Buffer[] = []
  theirs.on('data', (chunk: Buffer) => chunks.push(chunk))
  theirs.on('error', () => {})
  ours.on('error', () => {})
  return { ours, theirs, heard: () => Buffer.concat(chunks) }
}

let made = 0
const frames = (count: number, size = 417): AirFrame[] =>
  Array.from({ length: count }, () => {
    const bytes = Buffer.alloc(size, made & 0xff)
    bytes.writeUInt32BE(made++)
    const frame = { bytes, samples: 1152, joinable: true, position: 0, wall: now }
    now += FRAME_MS
    return frame
  })

const soon = (ms = 60) => new Promise((later) => setTimeout(later, ms))
const order = (ours: Socket, extra: object = {}) => ({
  socket: ours,
  head: Buffer.from('HEAD\r\n\r\n'),
  burstMs: 200,
  metaint: 0,
  address: '',
  agent: '',
  id: 1,
  ...extra,
})

test('a joiner gets head and burst at once, then every byte once', async () => {
  const fanOut = new FanOut({ now: () => now })
  const sent = frames(40)
  fanOut.begin(null)
  for (const frame of sent) {
    fanOut.push([frame], 'A')
    fanOut.tick()
  }
  const { ours, theirs, heard } = await pair()
  fanOut.join(order(ours))
  const more = frames(30)
  for (const frame of more) {
    fanOut.push([frame], 'A')
    fanOut.tick()
  }
  await soon()
  const body = heard().subarray('HEAD\r\n\r\n'.length)
  const all = Buffer.concat([...sent, ...more].map((frame) => frame.bytes))
  assert.ok(all.subarray(-body.length).equals(body), 'an unbroken tail of the stream')
  const burst = (body.length - 30 * 417) / 417
  assert.equal(burst, Math.floor(200 / FRAME_MS) + 1, 'the burst is as long as was asked, on whole frames')
  theirs.destroy()
  await soon()
  assert.equal(fanOut.count, 0)
})

test('ICY: blocks stand exactly every metaint bytes, and a title is told once', async () => {
  const fanOut = new FanOut({ now: () => now })
  fanOut.begin(null)
  fanOut.push(frames(20), 'Erste')
  fanOut.tick()
  const { ours, theirs, heard } = await pair()
  fanOut.join(order(ours, { metaint: 1000 }))
  for (const title of ['Erste', 'Zweite', 'Zweite', null]) {
    fanOut.push(frames(7), title)
    fanOut.tick()
  }
  await soon()
  const body = heard().subarray('HEAD\r\n\r\n'.length)
  const titles: string[] = []
  const audio: Buffer[] = []
  for (let at = 0; at < body.length;) {
    audio.push(body.subarray(at, at + 1000))
    at += 1000
    if (at >= body.length) break
    const length = body[at]! * 16
    if (length > 0) titles.push(body.toString('utf8', at + 1, at + 1 + length).replace(/\0+$/, ''))
    at += 1 + length
  }
  assert.deepEqual(titles, ["StreamTitle='Erste';", "StreamTitle='Zweite';", "StreamTitle='';"])
  const numbers: number[] = []
  const bytes = Buffer.concat(audio)
  for (let at = 0; at + 417 <= bytes.length; at += 417) numbers.push(bytes.readUInt32BE(at))
  assert.deepEqual(
    numbers,
    Array.from({ length: numbers.length }, (_, i) => numbers[0]! + i),
    'no frame lost or torn',
  )
  theirs.destroy()
})

test('one that does not read is skipped forward once, then let go; nothing piles up behind it', async () => {
  const reasons: string[] = []
  const fanOut = new FanOut({ now: () => now, queueMs: 2000, onLeave: (_, reason) => reasons.push(reason) })
  fanOut.begin(null)
  fanOut.push(frames(10), null)
  fanOut.tick()
  const { ours, theirs } = await pair()
  theirs.pause()
  fanOut.join(order(ours))
  let most = 0
  for (let i = 0; i < 4000 && fanOut.count > 0; i++) {
    fanOut.push(frames(10, 4000), null)
    fanOut.tick()
    most = Math.max(most, ours.writableLength)
    if (i % 50 === 0) await soon(1)
  }
  assert.deepEqual(reasons, ['too slow'])
  assert.equal(fanOut.skipped, 1)
  assert.equal(fanOut.dropped, 1)
  assert.ok(most < 200_000, `${most} bytes waited at most`)
  theirs.destroy()
})

test('Ogg: a joiner gets the headers of the chain it joins, and a new chain brings its own', async () => {
  const fanOut = new FanOut({ now: () => now })
  fanOut.begin(Buffer.from('<H1>'))
  fanOut.push(frames(10, 8), null)
  fanOut.tick()
  const first = await pair()
  fanOut.join(order(first.ours, { burstMs: 10_000 }))
  fanOut.begin(Buffer.from('<H2>'))
  fanOut.push(frames(10, 8), null)
  fanOut.tick()
  const second = await pair()
  fanOut.join(order(second.ours, { burstMs: 0 }))
  await soon()
  assert.match(first.heard().toString('latin1'), /<H1>[^<]*<H2>/)
  assert.doesNotMatch(second.heard().toString('latin1'), /<H1>/)
  assert.match(second.heard().toString('latin1'), /<H2>/)
  first.theirs.destroy()
  second.theirs.destroy()
})
