import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startEncoder } from '../world/encoders.ts'
import { listen, tuneIn } from '../world/listeners.ts'
import { needs, type Program } from '../world/programs.ts'
import { ADMIN_PASSWORD, freePair, startStation } from '../world/station.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { setTitle } from './hear.ts'
import { icecast } from './players.ts'

// A1: what directories, apps and monitoring ask of an Icecast, with no source, with one and with two.

type Status = { icestats: { source?: Record<string, unknown> | Record<string, unknown>[] } & Record<string, unknown> }

const status = async (port: number): Promise<Status> => {
  const response = await fetch(`http://127.0.0.1:${port}/status-json.xsl`)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
  return (await response.json()) as Status
}

/** The sources as a list, whatever the shape. */
const sources = ({ icestats: { source } }: Status): Record<string, unknown>[] =>
  source === undefined ? [] : Array.isArray(source) ? source : [source]

const admin = async (port: number, path: string): Promise<string> => {
  const headers = { Authorization: `Basic ${btoa(`admin:${ADMIN_PASSWORD}`)}` }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
  assert.equal(response.status, 200, path)
  assert.match(response.headers.get('content-type') ?? '', /^text\/xml/)
  return response.text()
}

/** Names and kinds of value, without the values. */
const shape = (entry: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, value === null ? 'null' : typeof value]))

describe('A1 status and admin', { ...needs('ffmpeg'), timeout: 60_000 }, () => {
  test('no source, one source, two sources', async () => {
    const station = await startStation({ mounts: ['/a.mp3', '/b.ogg'] })
    const { port, url } = station
    const encoders: Program[] = []
    try {
      const none = await status(port)
      assert.equal('source' in none.icestats, false)
      for (const name of ['admin', 'host', 'location', 'server_id', 'server_start', 'server_start_iso8601']) {
        assert.equal(typeof none.icestats[name], 'string', name)
      }
      assert.match(await admin(port, '/admin/listmounts'), /<icestats><\/icestats>/)

      encoders.push(await startEncoder({ port, path: '/a.mp3', codec: 'mp3' }))
      const listeners = [await tuneIn({ port, path: '/a.mp3', headers: ['User-Agent: Radio/1 <&">'] })]
      await setTitle(station, '/a.mp3', 'A & B')
      await sleep(600)
      const { source } = (await status(port)).icestats
      assert.ok(source && !Array.isArray(source), 'one source is an object')
      const { listenurl, listeners: count, title, server_type: type, listener_peak: peak } = source
      assert.deepEqual([listenurl, count, title, type, peak], [`${url}/a.mp3`, 1, 'A & B', 'audio/mpeg', 1])
      assert.equal(Object.entries(source).at(-1)?.toString(), 'dummy,')

      encoders.push(await startEncoder({ port, path: '/b.ogg', codec: 'vorbis' }))
      listeners.push(await tuneIn({ port, path: '/b.ogg' }))
      const two = (await status(port)).icestats.source
      assert.ok(Array.isArray(two), 'two sources are an array')
      assert.deepEqual(
        two.map((one) => one['listenurl']),
        [`${url}/a.mp3`, `${url}/b.ogg`],
      )
      assert.deepEqual(
        two.map((one) => one['dummy']),
        [null, null],
      )
      assert.equal(two[1]?.['subtype'], 'Vorbis')

      const stats = await admin(port, '/admin/stats')
      assert.match(stats, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<icestats>.*<sources>2<\/sources>/)
      assert.match(stats, /<source mount="\/a.mp3">.*<title>A &amp; B<\/title>.*<\/source><source mount="\/b.ogg">/)
      for (const name of ['max_listeners', 'source_ip', 'slow_listeners', 'total_bytes_sent', 'user_agent']) {
        assert.match(stats, new RegExp(`<${name}>[^<]+</${name}>`), name)
      }
      const mounts = await admin(port, '/admin/listmounts')
      assert.deepEqual(mounts.match(/mount="[^"]+"/g), ['mount="/a.mp3"', 'mount="/b.ogg"'])
      const clients = await admin(port, '/admin/listclients?mount=/a.mp3')
      assert.match(clients, /<Listeners>1<\/Listeners>/)
      assert.match(
        clients,
        /<IP>127.0.0.1<\/IP><UserAgent>Radio\/1 &lt;&amp;&quot;&gt;<\/UserAgent><Connected>\d+<\/Connected>/,
      )

      assert.equal((await fetch(`${url}/admin/stats`)).status, 401)
      for (const listener of listeners) listener.close()
      await waitFor('nobody listens', async () => sources(await status(port)).every((one) => one['listeners'] === 0))
    } finally {
      await Promise.all(encoders.map((encoder) => encoder.stop()))
      await station.close()
    }
  })

  test('every fact that Icecast 2.4 tells of a source, we tell in the same shape', needs('icecast2'), async () => {
    const station = await startStation({ mounts: ['/a.mp3', '/b.ogg'] })
    const other = await freePair()
    const server = icecast(other)
    const encoders: Program[] = []
    try {
      await waitFor('Icecast answers', () => status(other).catch(() => null), { ms: 10_000, about: server.output })
      for (const port of [station.port, other]) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is quick enough
        encoders.push(
          await startEncoder({ port, path: '/a.mp3', codec: 'mp3', options: ['-ice_name', 'N', '-ice_genre', 'G'] }),
        )
        // oxlint-disable-next-line no-await-in-loop -- as above
        encoders.push(await startEncoder({ port, path: '/b.ogg', codec: 'vorbis', options: ['-ice_name', 'N'] }))
        // oxlint-disable-next-line no-await-in-loop -- as above
        await waitFor('both sources', async () => sources(await status(port)).length === 2)
        // oxlint-disable-next-line no-await-in-loop -- as above
        await setTitle({ url: `http://127.0.0.1:${port}` }, '/a.mp3', 'T')
      }
      await sleep(1500)
      const [ours, theirs] = await Promise.all([status(station.port), status(other)])
      for (const mount of ['/a.mp3', '/b.ogg']) {
        const find = (told: Status) => shape(sources(told).find((one) => String(one['listenurl']).endsWith(mount))!)
        const [we, they] = [find(ours), find(theirs)]
        // Ours is one line with the artist in it, as every other format has it.
        delete they['artist']
        for (const [name, kind] of Object.entries(they)) assert.equal(we[name], kind, `${mount} ${name}`)
      }
      const globals = shape(theirs.icestats)
      for (const [name, kind] of Object.entries(globals)) assert.equal(shape(ours.icestats)[name], kind, name)
    } finally {
      await Promise.all(encoders.map((encoder) => encoder.stop()))
      await server.stop()
      await station.close()
    }
  })

  test("HEAD, OPTIONS and Safari's two bytes are answered and not counted", async () => {
    const station = await startStation({ mounts: ['/a.mp3'] })
    const { port } = station
    const encoder = await startEncoder({ port, path: '/a.mp3', codec: 'mp3' })
    try {
      const first = await tuneIn({ port, path: '/a.mp3' })
      first.close()
      const head = await listen({ port, path: '/a.mp3', method: 'HEAD' })
      const probe = await listen({ port, path: '/a.mp3', headers: ['Range: bytes=0-1'] })
      const asked = await listen({ port, path: '/a.mp3', method: 'OPTIONS', protocol: 'HTTP/1.1' })
      const ranged = await listen({ port, path: '/a.mp3', headers: ['Range: bytes=0-'] })
      await sleep(700)
      assert.deepEqual([head.status, probe.status, asked.status, ranged.status], [200, 200, 204, 200])
      assert.deepEqual([head.length(), probe.length()], [0, 0])
      assert.deepEqual([head.open(), probe.open(), asked.open(), ranged.open()], [false, false, false, true])
      assert.ok(ranged.length() > 0)
      assert.match(asked.headers.get('access-control-allow-headers') ?? '', /Icy-MetaData/i)
      const [source] = sources(await status(port))
      assert.deepEqual([source?.['listeners'], source?.['listener_peak']], [1, 1])
    } finally {
      await encoder.stop()
      await station.close()
    }
  })
})
