import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { decode, decodeAt } from '../world/decode.ts'
import { FORMATS, startEncoder, type Codec } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { listen, readIcy, tuneIn } from '../world/listeners.ts'
import { needs, run, startProgram, type Program } from '../world/programs.ts'
import { freePair, startStation, type Station } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { setTitle } from './hear.ts'
import { icecast, liquidsoapToFile, mpv, outFolder, vlcToFile } from './players.ts'

// Every player of the matrix hears what ffmpeg sends.

const CODECS: Codec[] = ['mp3', 'aac', 'vorbis', 'opus', 'flac']
const pathOf = (codec: Codec) => `/${codec}.${FORMATS[codec].extension}`
const NAME = 'Interop Name'
const TITLE = 'Artist - Song'

let station: Station | undefined
const encoders: Program[] = []
const url = (codec: Codec = 'mp3') => `${station!.url}${pathOf(codec)}`

const options = (...programs: string[]) => ({ ...needs('ffmpeg', ...programs), timeout: 60_000 })

const loud = async (file: string, wanted: number): Promise<void> => {
  const { errors, seconds, level } = await decodeAt(file, 'mp3')
  assert.deepEqual(errors, [])
  assert.ok(seconds >= wanted && level > -40, `${seconds} s at ${level} dB`)
}

describe('listeners', { ...needs('ffmpeg'), concurrency: 3 }, () => {
  before(async () => {
    station = await startStation({ mounts: CODECS.map(pathOf) })
    const { port } = station
    for (const codec of CODECS) {
      // oxlint-disable-next-line no-await-in-loop -- making all tones at once would only make each slower
      encoders.push(await startEncoder({ port, path: pathOf(codec), codec, options: ['-ice_name', NAME] }))
    }
    await Promise.all(CODECS.map(async (codec) => (await tuneIn({ port, path: pathOf(codec) })).close()))
    await setTitle(station, pathOf('mp3'), TITLE)
    await sleep(5000)
  })
  after(async () => {
    await Promise.all(encoders.map((encoder) => encoder.stop()))
    await station?.close()
  })

  test('L1 curl with titles in the stream', options('curl'), async () => {
    const { stdout } = await run('curl', ['-s', '-i', '-m', '4', '-H', 'Icy-MetaData: 1', url()])
    const end = stdout.indexOf('\r\n\r\n')
    const head = stdout.toString('latin1', 0, end)
    assert.match(head, /^HTTP\/1\.0 200 OK\r\n/)
    assert.match(head, /\r\nicy-metaint: ?16000(\r\n|$)/)
    assert.doesNotMatch(head, /transfer-encoding|content-length|accept-ranges/i)
    const { audio, titles } = readIcy(stdout.subarray(end + 4), 16_000)
    assert.equal(titles[0]?.block.startsWith(`StreamTitle='${TITLE}';`), true, JSON.stringify(titles))
    assert.deepEqual((await decode(Buffer.concat(audio), 'mp3')).errors, [])
  })

  test('L2 nc, HTTP/1.0 without Host', options('nc'), async () => {
    const nc = startProgram('nc', ['127.0.0.1', String(station!.port)], { binary: true })
    const parts: Buffer[] = []
    nc.stdout.on('data', (chunk: Buffer) => parts.push(chunk))
    nc.stdin.write(`GET ${pathOf('mp3')} HTTP/1.0\r\n\r\n`)
    await sleep(2000)
    await nc.stop()
    const answer = Buffer.concat(parts)
    const end = answer.indexOf('\r\n\r\n')
    assert.doesNotMatch(answer.toString('latin1', 0, end), /^icy-metaint/im)
    const { lead, junk, frames } = walk(answer.subarray(end + 4), 'mp3')
    assert.deepEqual({ lead, junk }, { lead: 0, junk: 0 })
    assert.ok(frames.length > 100)
  })

  test('L3 mpg123', options('mpg123'), async () => {
    const file = join(outFolder('mpg123'), 'o.wav')
    const { code, stderr } = await run('mpg123', ['-q', '-w', file, '-n', '60', url()])
    assert.equal(code, 0, stderr)
    await loud(file, 1.4)
  })

  test('L4 mpv', options('mpv'), async () => {
    const said = await mpv(url(), 2)
    assert.match(said, new RegExp(`icy-title: ${TITLE}`))
    assert.match(said, /not seekable/)
  })

  test('L5 VLC', options('cvlc'), async () => {
    const file = join(outFolder('vlc'), 'o.wav')
    const player = vlcToFile(url(), file, 4)
    await waitFor('VLC ends', () => !player.running(), { ms: 20_000, about: player.output })
    await loud(file, 1.5)
  })

  test('L6 streamripper names the file by the title', options('streamripper'), async () => {
    const folder = outFolder('streamripper')
    await run('streamripper', [url(), '-d', folder, '-l', '5', '--quiet'])
    const files = globSync('**/*.mp3', { cwd: folder })
    assert.ok(
      files.some((file) => file.endsWith(`/${TITLE}.mp3`)),
      files.join(', '),
    )
    assert.ok(
      files.some((file) => file.includes(NAME)),
      'and the folder by the station',
    )
  })

  for (const codec of CODECS) {
    test(`L7 ffprobe of ${codec}`, options('ffprobe'), async () => {
      const entries = ['-v', 'error', '-show_entries', 'stream=codec_name:format_tags', '-of', 'json']
      const { stdout, stderr } = await run('ffprobe', [...entries, url(codec)])
      assert.equal(stderr, '')
      const told = JSON.parse(stdout.toString()) as {
        streams: { codec_name: string }[]
        format: { tags: Record<string, string> }
      }
      assert.equal(told.streams[0]?.codec_name, codec)
      assert.equal(told.format.tags['icy-name'], NAME)
      if (codec === 'mp3') assert.equal(told.format.tags['StreamTitle'], TITLE)
    })
  }

  test('L8 GStreamer', options('gst-launch-1.0'), async () => {
    const elements = `souphttpsrc location=${url()} iradio-mode=true num-buffers=20 ! icydemux ! mpegaudioparse ! fakesink`
    const { code, stdout, stderr } = await run('gst-launch-1.0', ['-t', ...elements.split(' ')])
    assert.equal(code, 0, stderr)
    assert.match(stdout.toString(), new RegExp(`title: ${TITLE}`))
  })

  test('L8 liquidsoap listens', options('liquidsoap'), async () => {
    const file = join(outFolder('liquidsoap-out'), 'o.wav')
    const player = liquidsoapToFile(url(), file)
    try {
      await waitFor('the title', () => player.output().includes(`told: ${TITLE}`), { ms: 30_000, about: player.output })
      await sleep(3000)
    } finally {
      await player.stop('SIGINT')
    }
    await loud(file, 1.5)
  })

  test('L9 a reader that rests for five seconds misses nothing', options(), async () => {
    const [rested, steady] = await Promise.all([1, 2].map(() => listen({ port: station!.port, path: pathOf('mp3') })))
    await sleep(1000)
    rested!.socket.pause()
    await sleep(5000)
    rested!.socket.resume()
    await sleep(1500)
    const [one, other] = [rested!.body(), steady!.body()]
    rested!.close()
    steady!.close()
    const { junk, frames } = walk(one, 'mp3')
    assert.equal(junk, 0)
    assert.ok(frames.length > 400, `${frames.length} frames`)
    // Both came within the same moment, so one holds the other's middle.
    assert.ok(other.includes(one.subarray(60_000, 120_000)))
  })

  test('F2 an Icecast relays our mount', options('icecast2'), async () => {
    const port = await freePair()
    const from = `<server>127.0.0.1</server><port>${station!.port}</port><mount>${pathOf('mp3')}</mount>`
    const relay = icecast(
      port,
      `<relay>${from}<local-mount>/relayed.mp3</local-mount><relay-shoutcast-metadata>1</relay-shoutcast-metadata></relay>`,
    )
    try {
      const listener = await waitFor(
        'the relay plays',
        async () => {
          const joined = await listen({ port, path: '/relayed.mp3', icy: true }).catch(() => null)
          return joined?.status === 200 ? joined : null
        },
        {
          ms: 20_000,
          every: 250,
          about: () => `${relay.output()}${readFileSync(join(outFolder('icecast'), 'error.log'), 'utf8')}`,
        },
      )
      await waitFor('the title', () => listener.titles().some(({ title }) => title === TITLE), { ms: 10_000 })
      const { errors, seconds } = await decode(listener.audio().subarray(listener.audio().indexOf(0xff)), 'mp3')
      listener.close()
      assert.deepEqual(errors, [])
      assert.ok(seconds > 1)
    } finally {
      await relay.stop()
    }
  })
})
