import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { checkArchive, readArchive } from '../world/archive.ts'
import { rawSource, sourceHead, type RawSource } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { tuneIn } from '../world/listeners.ts'
import { needs } from '../world/programs.ts'
import { startStation, type Station } from '../world/station.ts'
import { tone, type ToneName } from '../world/tones.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { memoryOf, startSteady, STEADY_MOUNT, type Steady } from './steady.ts'

// Sources that lie, rush, stop or talk nonsense: each is refused or contained, said in one line of the log, and a
// listener on another mount gets every byte.

const KB = 1024
const MOUNTS = ['garbage', 'aac-as-mp3', 'ogg-as-mp3', 'nothing', 'bytewise', 'fast', 'half', 'chunks', 'late']

let station: Station
let steady: Steady | undefined
const opened: Station[] = []

const bytesOf = async (name: ToneName): Promise<Buffer> => readFileSync(await tone(name))
// Any fixed nonsense: a test that fails must fail again.
const nonsense = (length: number): Buffer => {
  const bytes = Buffer.alloc(length)
  let state = 12_345
  for (let at = 0; at < length; at++) bytes[at] = (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) >> 16
  return bytes
}

const login = (path: string, options?: Parameters<typeof sourceHead>[1]): Promise<RawSource> =>
  rawSource({ port: station.port, head: sourceHead(path, options) })

const gone = (source: RawSource, ms = 10_000) => waitFor('the server lets it go', () => !source.open(), { ms })

const isOff = async (path: string): Promise<boolean> => (await fetch(`${station.url}${path}`)).status === 404

describe('bad sources', { ...needs('ffmpeg'), timeout: 60_000 }, () => {
  before(async () => {
    const mounts = [STEADY_MOUNT, ...MOUNTS.map((name) => `/${name}.mp3`), '/mp3-as-aac.aac', '/mp3-as-ogg.ogg']
    station = await startStation({ mounts })
    opened.push(station)
    steady = await startSteady(station.port)
  })
  afterEach(() => steady?.check())
  after(async () => {
    await steady?.stop()
    await Promise.all(opened.map((one) => one.close()))
  })

  test('garbage is not put on the air', async () => {
    const source = await login('/garbage.mp3')
    await source.send(nonsense(200 * KB), 100 * KB)
    await gone(source)
    await station.logged(/closed the source of \/garbage\.mp3: it declares MP3 but sends something else/)
    assert.ok(await isOff('/garbage.mp3'))
  })

  for (const [path, declared, really, type] of [
    ['/aac-as-mp3.mp3', 'MP3', 'aac', 'audio/mpeg'],
    ['/ogg-as-mp3.mp3', 'MP3', 'vorbis', 'audio/mpeg'],
    ['/mp3-as-aac.aac', 'AAC', 'mp3', 'audio/aac'],
    ['/mp3-as-ogg.ogg', 'Ogg', 'mp3', 'application/ogg'],
  ] as const) {
    test(`${really} that is declared as ${declared} is named as what it is`, async () => {
      const source = await login(path, { type })
      await source.send(await bytesOf(really), 60 * KB)
      await gone(source)
      const name = { aac: 'AAC', vorbis: 'Ogg', mp3: 'MP3' }[really]
      await station.logged(new RegExp(`closed the source of ${path}: it declares ${declared} but sends ${name}; set`))
      assert.ok(await isOff(path))
    })
  }

  test('a type that the mount does not carry is refused at login', async () => {
    const source = await login('/garbage.mp3', { type: 'audio/aac' })
    await gone(source)
    assert.match(source.answer(), /^HTTP\/1\.0 415 /)
    await station.logged(/refused a source for \/garbage\.mp3: it declares audio\/aac, the mount carries mp3/)
  })

  test('a head that comes byte by byte is heard out', async () => {
    const head = Buffer.from(sourceHead('/bytewise.mp3'))
    const source = await rawSource({ port: station.port, head: head.subarray(0, 1) })
    for (const byte of head.subarray(1)) {
      // oxlint-disable-next-line no-await-in-loop -- byte by byte
      await sleep(4)
      source.socket.write(Buffer.of(byte))
    }
    await waitFor('the answer', () => source.answer().startsWith('HTTP/1.0 200 OK'))
    void source.send(await bytesOf('mp3'), 16 * KB)
    const listener = await tuneIn({ port: station.port, path: '/bytewise.mp3' })
    await listener.heard(16 * KB)
    listener.close()
    source.close()
  })

  test('a megabyte of headers is refused long before its end', async () => {
    const filler = Array.from({ length: 1024 }, (_, i) => `X-Filler-${i}: ${'x'.repeat(1000)}`)
    const source = await login('/garbage.mp3', { more: filler })
    await gone(source)
    await station.logged(/refused a connection: .*head/i)
  })

  test('chunks that are none end the source', async () => {
    const source = await login('/chunks.mp3', { method: 'PUT', more: ['Transfer-Encoding: chunked'] })
    await source.send(Buffer.from('10\r\n0123456789abcdef\r\nthis is no size\r\n'), 100 * KB)
    await gone(source)
    await station.logged(/closed the source of \/chunks\.mp3: its chunked encoding is broken/)
  })

  test('a source that breaks off within a frame leaves whole frames only', async () => {
    const source = await login('/half.mp3')
    const sending = source.send(await bytesOf('mp3'), 16 * KB)
    const listener = await tuneIn({ port: station.port, path: '/half.mp3' })
    await sleep(3000)
    // Whatever the last byte was, it is the middle of a frame 416 times out of 417.
    source.socket.resetAndDestroy()
    await sending
    await station.logged(/the source of \/half\.mp3 is gone/)
    await sleep(3000)
    const { lead, junk, frames, rest } = walk(listener.body(), 'mp3')
    assert.deepEqual({ lead, junk, rest }, { lead: 0, junk: 0, rest: 0 })
    assert.ok(frames.length > 100)
    listener.close()
    checkArchive(readArchive(join(station.data, 'air', 'half')), 'mp3')
  })

  test('fifty times real time is read at the speed it plays', async () => {
    const before = memoryOf(station.pid())
    const source = await login('/fast.mp3')
    const tone = await bytesOf('mp3')
    const began = performance.now()
    void source.send(Buffer.concat(Array.from({ length: 12 }, () => tone)), 800 * KB)
    const listener = await tuneIn({ port: station.port, path: '/fast.mp3' })
    await station.logged(/the source of \/fast\.mp3 sends faster than real time; reading slowly/)
    await sleep(8000)
    const seconds = (performance.now() - began) / 1000
    const heard = walk(listener.body(), 'mp3')
    assert.deepEqual([heard.lead, heard.junk], [0, 0])
    const played = (heard.frames.length * 1152) / 44_100
    assert.ok(played > seconds && played < seconds + 16, `${played} s of sound in ${seconds} s`)
    const grown = memoryOf(station.pid()) - before
    assert.ok(grown < 40, `memory grew by ${grown} MiB`)
    listener.close()
    source.close()
  })

  test(
    'a source that logs in and says nothing, and a head that never ends, are let go',
    { timeout: 40_000 },
    async () => {
      const silent = await login('/nothing.mp3')
      const slow = await rawSource({ port: station.port, head: 'SOURCE /late.mp3 HTTP/1.0\r\n' })
      const dripping = setInterval(() => slow.socket.write('X: y\r\n'), 1000)
      await Promise.all([gone(silent, 20_000), gone(slow, 20_000)])
      clearInterval(dripping)
      await station.logged(/closed the source of \/nothing\.mp3: it has sent no audio since it logged in/)
    },
  )

  test('all that was trouble is a warning, none of it an error', () => {
    assert.deepEqual(
      station.log().filter((line) => / error /.test(line)),
      [],
    )
  })
})
