import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { FORMATS, rawSource, startEncoder, startPlayback, type Codec } from '../world/encoders.ts'
import { needs, run, startProgram, type Program } from '../world/programs.ts'
import { SOURCE_PASSWORD, startStation, type Station } from '../world/station.ts'
import { tone } from '../world/tones.ts'
import { waitFor } from '../world/wait.ts'
import { hear, hearTitle, stopping } from './hear.ts'
import { butt, darkice, ezstream, gstreamer, ices2, liquidsoap, shout, vlc, type Place } from './other-encoders.ts'

// Every encoder that stations use sends for real, and what a listener gets is judged by ffmpeg.

const MP3 = ['/s1.mp3', '/s2.mp3', '/s3.mp3', '/s4.mp3', '/s6.mp3', '/s9.mp3', '/s12.mp3', '/m1.mp3']
const OGG = ['/s5-vorbis.ogg', '/s5-opus.opus', '/s5-flac.flac', '/s7.ogg', '/s8.ogg', '/s10.ogg', '/s11.ogg']

let station: Station
/** Shoutcast has no mounts: a station for each source that speaks it. */
let second: Station
let third: Station
const stations: Station[] = []

const options = (...programs: string[]) => ({ ...needs('ffmpeg', ...programs), timeout: 60_000 })

/** Of the tones: MP3 programs send it as a metadata call, Ogg carries it in its headers. */
const TITLE = 'Interop - Tone'

type Row = {
  row: string
  program: string
  start: (place: Place) => Promise<Program>
  path: string
  codec: Codec
  /** What it tells about its file. */
  title?: string
  /** Its input is a sound card that is not there. */
  silent?: boolean
}

const OTHERS: Row[] = [
  { row: 'S6 ezstream', program: 'ezstream', start: ezstream, path: '/s6.mp3', codec: 'mp3', title: TITLE },
  { row: 'S7 shout', program: 'shout', start: shout, path: '/s7.ogg', codec: 'vorbis', title: TITLE },
  { row: 'S8 GStreamer', program: 'gst-launch-1.0', start: gstreamer, path: '/s8.ogg', codec: 'vorbis' },
  {
    row: 'S9 liquidsoap',
    program: 'liquidsoap',
    start: liquidsoap,
    path: '/s9.mp3',
    codec: 'mp3',
    title: TITLE,
  },
  { row: 'S10 DarkIce', program: 'darkice', start: darkice, path: '/s10.ogg', codec: 'vorbis', silent: true },
  { row: 'S11 ices2', program: 'ices2', start: ices2, path: '/s11.ogg', codec: 'vorbis', title: TITLE },
]

const ICE = ['-ice_name', 'Café', '-ice_genre', 'News', '-ice_public', '0']

describe('sources', { ...needs('ffmpeg'), concurrency: 4 }, () => {
  before(async () => {
    station = await startStation({ mounts: [...MP3, ...OGG, '/s5-aac.aac'] })
    stations.push(station)
    second = await startStation({ mounts: ['/v.mp3'] })
    stations.push(second)
    third = await startStation({ mounts: ['/n.mp3'] })
    stations.push(third)
  })
  after(() => Promise.all(stations.map((one) => one.close())))

  test('S1 ffmpeg PUT', options(), async () => {
    const encoder = await startEncoder({ port: station.port, path: '/s1.mp3', codec: 'mp3', options: ICE })
    await stopping([encoder], async () => {
      const { headers } = await hear('/s1.mp3', 'mp3', { port: station.port, about: encoder.output })
      const facts = ['icy-name', 'icy-genre', 'content-type', 'transfer-encoding'].map((name) => headers.get(name))
      assert.deepEqual(facts, ['Café', 'News', 'audio/mpeg', undefined])
      // Icecast 2.4 sends the source's own request for titles back to listeners.
      assert.equal(headers.has('icy-metadata'), false)
    })
  })

  test('S2 ffmpeg SOURCE, as before 2014', options(), async () => {
    const more = [...ICE, '-legacy_icecast', '1']
    const encoder = await startEncoder({ port: station.port, path: '/s2.mp3', codec: 'mp3', options: more })
    await stopping([encoder], async () => {
      const { headers } = await hear('/s2.mp3', 'mp3', { port: station.port, about: encoder.output })
      assert.equal(headers.get('icy-name'), 'Café')
    })
  })

  test('S3 ffmpeg PUT in chunks', options(), async () => {
    const address = `http://source:${SOURCE_PASSWORD}@127.0.0.1:${station.port}/s3.mp3`
    const input = ['-nostdin', '-v', 'error', '-re', '-i', await tone('mp3'), '-c', 'copy', '-f', 'mp3']
    // Without `Expect` it waits for no answer, so it must bring its password unasked.
    const http = '-method PUT -content_type audio/mpeg -send_expect_100 0 -auth_type basic'.split(' ')
    const encoder = startProgram('ffmpeg', [...input, ...http, address])
    await stopping([encoder], async () => {
      await hear('/s3.mp3', 'mp3', { port: station.port, about: encoder.output })
    })
  })

  test('S4 curl', options('curl'), async () => {
    const playback = await startPlayback()
    const login = ['-u', `source:${SOURCE_PASSWORD}`, '-H', 'Content-Type: audio/mpeg']
    const curl = startProgram('curl', ['-s', ...login, '-T', '-', `${station.url}/s4.mp3`])
    playback.stdout.pipe(curl.stdin)
    await stopping([playback, curl], async () => {
      await hear('/s4.mp3', 'mp3', { port: station.port, about: curl.output })
    })
  })

  for (const codec of ['vorbis', 'aac', 'opus', 'flac'] as const) {
    test(`S5 ffmpeg PUT of ${codec}`, options(), async () => {
      const path = `/s5-${codec}.${FORMATS[codec].extension}`
      const encoder = await startEncoder({ port: station.port, path, codec })
      await stopping([encoder], async () => {
        const { headers } = await hear(path, codec, { port: station.port, about: encoder.output, seconds: 6 })
        assert.equal(headers.get('content-type'), codec === 'aac' ? 'audio/aac' : 'audio/ogg')
        assert.equal(await shownTitle(path), codec === 'aac' ? undefined : TITLE)
      })
    })
  }

  for (const { row, program, start, path, codec, title, silent = false } of OTHERS) {
    test(row, options(program), async () => {
      const encoder = await start({ port: station.port, path })
      await stopping([encoder], async () => {
        const order = { port: station.port, about: encoder.output, seconds: codec === 'mp3' ? 3 : 5, silent }
        const listener = await hear(path, codec, order)
        if (title && codec === 'mp3') await hearTitle(listener, title)
        if (title) assert.equal(await shownTitle(path), title)
      })
    })
  }

  test('S12 butt', options('butt', 'Xvfb'), async () => {
    const { encoder, screen, control } = await butt({ port: station.port, path: '/s12.mp3' })
    await stopping([encoder, screen], async () => {
      const connected = async () => {
        await control(['-s', 'gw']).exited
        return station.log().some((line) => line.includes('/s12.mp3 has its source'))
      }
      await waitFor('butt connects', connected, { ms: 20_000, every: 500, about: encoder.output })
      const order = { port: station.port, silent: true, about: encoder.output }
      const listener = await hear('/s12.mp3', 'mp3', order)
      // It goes out as raw UTF-8 in the address, half of it percent-encoded.
      const song = "Café 'x' & 100% #1"
      await control(['-u', song]).exited
      await hearTitle(listener, song)
    })
  })

  test('S13 VLC, Shoutcast v1 on the port above', options('cvlc'), async () => {
    const encoder = await vlc({ port: second.port, path: '/v.mp3' })
    await stopping([encoder], async () => {
      const { headers } = await hear('/v.mp3', 'mp3', { port: second.port, about: encoder.output })
      assert.equal(headers.get('icy-name'), 'VLC')
    })
  })

  test('S14 nc, Shoutcast v1 by hand, and M2, its titles', options('nc', 'curl'), async () => {
    const nc = startProgram('nc', ['127.0.0.1', String(third.port + 1)])
    nc.stdin.write(`${SOURCE_PASSWORD}\r\n`)
    await waitFor('OK2', () => nc.output() === 'OK2\r\nicy-caps:11\r\n\r\n', { about: nc.output })
    nc.stdin.write('content-type:audio/mpeg\r\nicy-name:By hand\r\nicy-br:128\r\n\r\n')
    const playback = await startPlayback()
    playback.stdout.pipe(nc.stdin)
    await stopping([playback, nc], async () => {
      const listener = await hear('/n.mp3', 'mp3', { port: third.port, about: nc.output })
      assert.equal(listener.headers.get('icy-name'), 'By hand')
      await updateShoutcast(third.port, 'X')
      await hearTitle(listener, 'X')
      await updateShoutcast(third.port + 1, 'Y and Z')
      await hearTitle(listener, 'Y and Z')
    })
  })

  test('S14 with a wrong password is told so', async () => {
    const source = await rawSource({ port: third.port + 1, head: 'wrong\r\n' })
    await waitFor('the refusal', () => !source.open())
    assert.equal(source.answer(), 'Invalid password\r\n')
  })

  test('M1 curl sets a title', options('curl'), async () => {
    const encoder = await startEncoder({ port: station.port, path: '/m1.mp3', codec: 'mp3' })
    await stopping([encoder], async () => {
      const listener = await hear('/m1.mp3', 'mp3', { port: station.port })
      const query = 'mount=/m1.mp3&mode=updinfo&song=A+-+B&charset=UTF-8'
      const address = `http://source:${SOURCE_PASSWORD}@127.0.0.1:${station.port}/admin/metadata?${query}`
      const answer = (await run('curl', ['-s', '-i', address])).stdout.toString()
      assert.match(answer, /^HTTP\/1\.0 200 OK\r\n/)
      assert.match(answer, /\r\nContent-Type: text\/xml\r\n/)
      // Byte for byte what Icecast 2.4 says: there are programs that look for this text.
      const message = '<iceresponse><message>Metadata update successful</message><return>1</return></iceresponse>'
      assert.ok(answer.endsWith(`\r\n\r\n<?xml version="1.0"?>\n${message}\n`), answer)
      await hearTitle(listener, 'A - B')
    })
  })
})

/** The title that the whole world is told. */
const shownTitle = async (path: string): Promise<string | undefined> => {
  const answer = (await (await fetch(`${station.url}/status-json.xsl`)).json()) as Status
  return [answer.icestats.source].flat().find((source) => source.listenurl.endsWith(path))?.title
}

type Status = { icestats: { source: { listenurl: string; title?: string } | { listenurl: string; title?: string }[] } }

const updateShoutcast = async (port: number, song: string): Promise<void> => {
  const query = `pass=${SOURCE_PASSWORD}&mode=updinfo&song=${encodeURIComponent(song)}`
  const { stdout } = await run('curl', ['-s', '-A', 'Mozilla', `http://127.0.0.1:${port}/admin.cgi?${query}`])
  assert.match(stdout.toString(), /<return>1<\/return>/)
}
