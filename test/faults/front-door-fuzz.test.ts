import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { basic } from '../world/encoders.ts'
import { needs } from '../world/programs.ts'
import { SOURCE_PASSWORD, startStation, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { memoryOf, metric, startSteady, STEADY_MOUNT, type Steady } from './steady.ts'

// Whatever arrives at the front door, the air lives on, and nobody who listens notices.

const FULL = process.env['GROUNDWAVE_FAULTS'] === 'full'
const RUNS = FULL ? 400 : 60
/** Connections of one run, all at once. */
const AT_ONCE = 16

const auth = basic('source', SOURCE_PASSWORD)
// What encoders, players and browsers really send first; damage to these goes deeper than noise.
const HEADS = [
  `SOURCE /fuzz.mp3 HTTP/1.0\r\n${auth}\r\nContent-Type: audio/mpeg\r\nIce-Name: x\r\n\r\n`,
  `PUT /fuzz.mp3 HTTP/1.1\r\nHost: x\r\n${auth}\r\nContent-Type: audio/mpeg\r\nExpect: 100-continue\r\n\r\n`,
  `PUT /fuzz-ogg.ogg HTTP/1.1\r\n${auth}\r\nContent-Type: application/ogg\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nOggS`,
  `SOURCE fuzz-ogg.ogg ICE/1.0\n${auth}\nicy-metaint: 16\nContent-Type: audio/ogg\n\r\n\r\nOggS\0\x02`,
  `GET /admin/metadata?mode=updinfo&mount=/fuzz.mp3&song=Caf\xc3\xa9%20% &charset=UTF-8 HTTP/1.0\r\n${auth}\r\n\r\n`,
  `POST /admin/metadata HTTP/1.1\r\n${auth}\r\nContent-Length: 40\r\n\r\nmode=updinfo&mount=/fuzz.mp3&song=%C3`,
  `GET /admin.cgi?pass=${SOURCE_PASSWORD}&mode=updinfo&song=x HTTP/1.0\r\nUser-Agent: Mozilla\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n\r\n`,
  `GET /steady.mp3 HTTP/1.1\r\nHost: x\r\nIcy-MetaData: 1\r\nRange: bytes=0-\r\n\r\n`,
  `GET /steady.mp3?burst=9999999999 HTTP/1.0\r\nInitial-Burst: -1\r\n\r\n`,
  `GET /hls/steady/live.m3u8 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n`,
  `GET /hls/steady/2026010100-0/../../x HTTP/1.1\r\nHost: x\r\n\r\nGET /status-json.xsl HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET /%E0%A4%A.m3u HTTP/1.1\r\nHost: [\r\n\r\n`,
  `GET /admin/stats HTTP/1.1\r\nAuthorization: Basic ====\r\n\r\n`,
  `${SOURCE_PASSWORD}\r\ncontent-type:audio/mpeg\r\nicy-name:x\r\n\r\n\xff\xfb\x90\x64`,
  `!POKE\nicy-name:x\n\n`,
  `ID3\x04\0\0\x7f\x7f\x7f\x7f`,
].map((text) => Buffer.from(text, 'latin1'))

type Damage = { at: number; cut: number; put: Uint8Array }
const damage = fc.record({ at: fc.nat(400), cut: fc.nat(12), put: fc.uint8Array({ maxLength: 12 }) })
const damaged = (head: Buffer, damages: Damage[]): Buffer =>
  damages.reduce(
    (bytes, { at, cut, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]),
    head,
  )

const request = fc.oneof(
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.constantFrom(...HEADS), fc.nat(200)).map(([head, length]) => head.subarray(0, length)),
  fc.tuple(fc.constantFrom(...HEADS), fc.array(damage, { maxLength: 4 })).map(([head, all]) => damaged(head, all)),
)
const visit = fc.record({
  bytes: request,
  /** Where it is split in two packets. */
  split: fc.nat(300),
  shoutcast: fc.boolean(),
  goodbye: fc.constantFrom('end', 'reset', 'linger'),
})
type Visit = typeof visit extends fc.Arbitrary<infer T> ? T : never

let station: Station | undefined
let steady: Steady | undefined
const pay = async ({ bytes, split, shoutcast, goodbye }: Visit): Promise<void> => {
  const socket = connect({ port: station!.port + (shoutcast ? 1 : 0), host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.on('data', () => {})
  await once(socket, 'connect')
  socket.write(bytes.subarray(0, split))
  await sleep(2)
  socket.write(bytes.subarray(split))
  if (goodbye === 'end') socket.end()
  else if (goodbye === 'reset') socket.resetAndDestroy()
  await sleep(30)
  socket.destroy()
}

const connections = () => metric(station!, 'connections')
const DRIP = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /'

describe('the front door', needs('ffmpeg'), () => {
  before(async () => {
    station = await startStation({ mounts: [STEADY_MOUNT, '/fuzz.mp3', '/fuzz-ogg.ogg'] })
    steady = await startSteady(station.port)
  })
  after(async () => {
    await steady?.stop()
    await station?.close()
  })

  test('random, truncated and damaged heads', { timeout: FULL ? 300_000 : 90_000 }, async (t) => {
    const before = memoryOf(station!.pid())
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (visits) => {
        await Promise.all(visits.map(pay))
        assert.ok(station!.running(), 'the air has ended')
        assert.ok(steady!.listeners[0]!.open(), 'the steady listener was let go')
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
    await sleep(1000)
    await steady!.check()
    // Every refusal is foreseen: an error would be one of ours.
    assert.deepEqual(
      station!.log().filter((line) => / error /.test(line)),
      [],
    )
    await waitFor('the connections are closed', async () => (await connections()) < 10)
    const grown = memoryOf(station!.pid()) - before
    t.diagnostic(`${RUNS * AT_ONCE} connections; memory grew by ${Math.round(grown)} MiB`)
    assert.ok(grown < 80, `memory grew by ${grown} MiB`)
  })

  test('who has his answer and does not hang up is hung up on', { timeout: 40_000 }, async () => {
    const before = await connections()
    const answered = [
      'SOURCE /fuzz.mp3 HTTP/1.0\r\n\r\n',
      'SOURCE /unknown.mp3 HTTP/1.0\r\n\r\n',
      'PUT /fuzz.mp3 HTTP/1.1\r\nAuthorization: Basic eDp4\r\n\r\n',
      'GET /fuzz.mp3 HTTP/1.0\r\n\r\n',
      'HEAD /steady.mp3 HTTP/1.0\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\n\r\n',
      'GET /admin/metadata?mount=/fuzz.mp3&mode=updinfo&song=x HTTP/1.0\r\n\r\n',
      'GET /healthz HTTP/1.0\r\n\r\n',
      'nonsense\r\n\r\n',
      // A second request that never ends, on a connection that the HTTP server keeps open: see below.
      DRIP,
      `GET /${'x'.repeat(20_000)} HTTP/1.0\r\n\r\n`,
    ]
    const sockets = await Promise.all(
      answered.map(async (head) => {
        // It reads the end of the answer and says nothing, as a client that has crashed in the middle does.
        const socket = connect({ port: station!.port, host: '127.0.0.1', allowHalfOpen: true })
        socket.on('error', () => {})
        socket.on('data', () => {})
        await once(socket, 'connect')
        socket.write(head)
        return socket
      }),
    )
    const dripping = setInterval(() => sockets[answered.indexOf(DRIP)]?.write('x'), 1000)
    try {
      await waitFor('they are closed', async () => (await connections()) <= before + 1, { ms: 28_000, every: 500 })
    } finally {
      clearInterval(dripping)
      for (const socket of sockets) socket.destroy()
    }
  })
})
