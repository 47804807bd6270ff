import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as HLS from 'hls-parser'
import { Parser } from 'm3u8-parser'
import { decodeAt, type Decoded } from '../world/decode.ts'
import { FORMATS, startEncoder, type Codec } from '../world/encoders.ts'
import { fetchPlaylist, PlaylistWatch, readPacked, type HlsSegment } from '../world/hls.ts'
import { needs, run, type Program } from '../world/programs.ts'
import { startStation, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { setTitle } from './hear.ts'

// H1: the live playlists of every codec that HLS carries, while their encoder sends, breaks off and comes back.

const CODECS: Codec[] = ['mp3', 'aac', 'opus', 'flac']
const WATCH_MS = 26_000
const SAMPLES = { mp3: 1152, aac: 1024 }
const TITLE = 'Café ‘Übermut’; it’s 日本'

let station: Station | undefined
const encoders = new Map<Codec, Program>()
const watches = new Map<Codec, PlaylistWatch>()
/** Bytes of each segment, fetched while it was live. */
const bytes = new Map<string, Buffer>()

const pathOf = (codec: Codec) => `/${codec}.${FORMATS[codec].extension}`
const live = (codec: Codec) => `${station!.url}/hls/${codec}/live.m3u8`

/** ffmpeg's reading of the live playlist, before the encoder broke off. */
const unbroken = new Map<Codec, Decoded>()
const decodeLive = async (codec: Codec): Promise<Decoded> => {
  const options = ['-live_start_index', '0', '-t', '8']
  const { errors, ...decoded } = await decodeAt(live(codec), FORMATS[codec].family, options)
  // Packed audio whose ID3 tag changes is not reported by this demuxer; it says so and goes on.
  return { ...decoded, errors: errors.filter((line) => !line.includes('Changing ID3 metadata')) }
}

const strict = (text: string): void => {
  HLS.setOptions({ strictMode: true })
  const parsed = HLS.parse(text)
  assert.ok(!parsed.isMasterPlaylist)
  const parser = new Parser()
  const warnings: string[] = []
  parser.on('warn', ({ message }: { message: string }) => warnings.push(message))
  parser.push(text)
  parser.end()
  assert.deepEqual(warnings, [])
  assert.equal(parser.manifest.segments.length, parsed.segments.length)
}

const load = async (url: string): Promise<Buffer> => {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return Buffer.from(await response.arrayBuffer())
}

const follow = async (watch: PlaylistWatch, ms: number): Promise<void> => {
  const until = performance.now() + ms
  while (performance.now() < until) {
    // oxlint-disable-next-line no-await-in-loop -- a player polls
    const playlist = await watch.poll()
    if (playlist) strict(playlist.text)
    for (const { url, map } of playlist?.segments ?? []) {
      // oxlint-disable-next-line no-await-in-loop -- and loads what is new
      for (const wanted of [map, url]) if (wanted && !bytes.has(wanted)) bytes.set(wanted, await load(wanted))
    }
    // oxlint-disable-next-line no-await-in-loop -- and waits
    await sleep(700)
  }
}

describe('H1 HLS', { ...needs('ffmpeg', 'ffprobe'), timeout: 120_000 }, () => {
  before(async () => {
    station = await startStation({ mounts: CODECS.map(pathOf) })
    const { port } = station
    await Promise.all(
      CODECS.map(async (codec) => {
        encoders.set(codec, await startEncoder({ port, path: pathOf(codec), codec }))
        const watch = new PlaylistWatch(live(codec))
        watches.set(codec, watch)
        await follow(watch, WATCH_MS / 2)
        await setTitle(station!, pathOf(codec), TITLE)
        await follow(watch, WATCH_MS / 2)
        unbroken.set(codec, await decodeLive(codec))
        // The encoder breaks off and comes back: another run, and no number starts again.
        await encoders.get(codec)!.stop()
        encoders.set(codec, await startEncoder({ port, path: pathOf(codec), codec }))
        await follow(watch, WATCH_MS / 2)
      }),
    )
  })
  after(async () => {
    await Promise.all([...encoders.values()].map((encoder) => encoder.stop()))
    await station?.close()
  })

  for (const codec of CODECS) {
    const { family } = FORMATS[codec]
    const runs = (): HlsSegment[][] =>
      Object.values(Object.groupBy(watches.get(codec)!.seen(), (segment) => segment.discontinuity)).map((all) => all!)

    test(`${codec}: every playlist keeps the rules, and no segment is missing from the sequence`, () => {
      const watch = watches.get(codec)!
      const seen = watch.seen()
      assert.ok(seen.length >= 7, `${seen.length} segments in ${watch.polls} polls`)
      assert.deepEqual(
        seen.map((segment) => segment.sequence),
        seen.map((_, i) => seen[0]!.sequence + i),
      )
      // The last segment of a run is as long as it is; the others are cut at four seconds.
      for (const whole of runs().map((all) => all.slice(0, -1))) {
        for (const { duration, sequence } of whole.slice(1)) {
          const cutByTitle = duration < 3.9
          assert.ok(duration > 1 && duration < 4.5, `segment ${sequence} is ${duration} s`)
          assert.ok(!cutByTitle || watch.segments.has(sequence + 1))
        }
      }
    })

    test(`${codec}: the break of the encoder is a discontinuity`, () => {
      const numbers = runs().map((all) => all[0]!.discontinuity)
      assert.ok(numbers.length >= 2, `runs: ${numbers.join(', ')}`)
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => a - b),
      )
    })

    test(`${codec}: ffprobe and ffmpeg read the live playlist`, async () => {
      const entries = ['-v', 'error', '-show_entries', 'stream=codec_name,sample_rate,channels', '-of', 'csv=p=0']
      const { stdout } = await run('ffprobe', [...entries, live(codec)])
      assert.equal(stdout.toString().trim().split('\n')[0], `${codec},${codec === 'opus' ? 48_000 : 44_100},2`)
      const { errors, seconds, level } = unbroken.get(codec)!
      assert.deepEqual(errors, [])
      assert.ok(seconds > 7.5 && seconds < 8.5, `${seconds} s`)
      assert.ok(level > -40, `${level} dB`)
      // Over the break too; how it counts the eight seconds where times begin anew is its own affair.
      const over = await decodeLive(codec)
      assert.deepEqual(over.errors, [])
      assert.ok(over.seconds > 4, `${over.seconds} s`)
    })

    if (codec === 'mp3' || codec === 'aac') {
      test(`${codec}: the ID3 timestamp is the running count of samples`, () => {
        for (const all of runs()) {
          let samples = -1
          for (const { url, duration } of all) {
            const { timestamp, frames, junk } = readPacked(bytes.get(url)!, family)
            assert.equal(junk, 0)
            assert.ok(timestamp !== null)
            // The first that is seen of a run tells where it stands; from there on all is counted.
            if (samples < 0) samples = Math.round((timestamp * 44_100) / 90_000)
            assert.equal(timestamp, Math.round((samples * 90_000) / 44_100) % 2 ** 33)
            assert.ok(Math.abs(duration - (frames.length * SAMPLES[codec]) / 44_100) < 0.00002)
            samples += frames.length * SAMPLES[codec]
          }
        }
      })

      test(`${codec}: the ID3 title is in every segment from its change on`, () => {
        const [first] = runs()
        const titles = first!.map(({ url }) => readPacked(bytes.get(url)!, family).title)
        const from = titles.indexOf(TITLE)
        assert.ok(from > 0, JSON.stringify(titles))
        assert.deepEqual([...new Set(titles.slice(0, from))], [null])
        assert.deepEqual([...new Set(titles.slice(from))], [TITLE])
      })
    } else {
      test(`${codec}: the fragments join without a seam`, async () => {
        for (const all of runs()) {
          const parts = [all[0]!.map!, ...all.map((segment) => segment.url)].map((url) => bytes.get(url)!)
          const args = ['-v', 'error', '-show_entries', 'packet=pts', '-of', 'csv=p=0', '-']
          // oxlint-disable-next-line no-await-in-loop -- two at most
          const { stdout, stderr } = await run('ffprobe', args, { input: Buffer.concat(parts) })
          assert.equal(stderr, '')
          const times = stdout.toString().trim().split('\n').map(Number)
          const steps = new Set(times.slice(1).map((time, i) => time - times[i]!))
          // ffmpeg's packets, or those of the silence between.
          assert.equal(steps.size, 1)
          // And they are as long together as the playlist says.
          const listed = all.reduce((sum, { duration }) => sum + duration, 0)
          const rate: number = codec === 'opus' ? 48_000 : 44_100
          const [step = 0] = steps
          assert.ok(Math.abs((times.length * step) / rate - listed) < 0.001)
        }
      })
    }
  }

  test('a mount whose encoder has gone for good ends its playlist, Vorbis has none', async () => {
    const gone = await startStation({ mounts: [{ path: '/gone.mp3', silence: false }, '/v.ogg'] })
    try {
      const { port, url } = gone
      const programs = await Promise.all([
        startEncoder({ port, path: '/gone.mp3', codec: 'mp3' }),
        startEncoder({ port, path: '/v.ogg', codec: 'vorbis' }),
      ])
      const playlist = () => fetchPlaylist(`${url}/hls/gone/live.m3u8`)
      await waitFor('two segments', async () => ((await playlist())?.segments.length ?? 0) >= 2, { ms: 15_000 })
      assert.equal((await playlist())?.ended, false)
      assert.equal((await fetch(`${url}/hls/v/live.m3u8`)).status, 404)
      await Promise.all(programs.map((program) => program.stop()))
      await waitFor('the end of the list', async () => (await playlist())?.ended === true, { ms: 15_000 })
    } finally {
      await gone.close()
    }
  })
})
