import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startEncoder } from '../world/encoders.ts'
import { walk } from '../world/frames.ts'
import { listen, type Listener } from '../world/listeners.ts'
import { needs, run, type Program } from '../world/programs.ts'
import { tone } from '../world/tones.ts'
import { sleep, waitFor } from '../world/wait.ts'
import { recordingOf, runsOf, type Recording } from './heard.ts'
import { askNow, follow, nowBecomes, sendTitle, type Follower } from './outsiders.ts'
import { ROOT, startDemo, type Station } from './program.ts'

const MOUNT = '/news.mp3'
const TITLE = "Café ‘Übermut’; it's 日本"

describe("the first minute: an encoder takes the demo's stream and leaves it again", needs('ffmpeg', 'ffprobe'), () => {
  let station: Station
  let follower: Follower
  let plain: Listener
  let titled: Listener
  let encoder: Program
  let studio: Recording
  let playout: Recording

  before(async () => {
    studio = recordingOf('studio', await tone('mp3'))
    playout = recordingOf('playout', join(ROOT, 'demo/station/audio/news-hour.mp3'))
    station = await startDemo()
    follower = follow(station.place.house)
    const port = station.place.airPort
    plain = await listen({ port, path: MOUNT })
    titled = await listen({ port, path: MOUNT, icy: true })
    await titled.heard(16_000)
  })
  after(async () => {
    follower.close()
    await encoder?.stop('SIGKILL')
    await station.stop()
    plain.close()
    titled.close()
  })

  const runs = (listener: Listener) => runsOf(walk(listener.audio(), 'mp3').frames, [studio, playout])
  const names = (listener: Listener) => runs(listener).map(({ name }) => name)
  const feeds = () => [...new Set(follower.heard('news').map(({ feed }) => feed))]

  test('before it, the demo plays by itself', async () => {
    const now = await askNow(station.place.house, 'news')
    assert.equal(now.feed, 'backup')
    assert.equal(now.up, true)
    assert.equal(now.streamTitle, null)
    assert.deepEqual(names(plain), ['playout'])
  })

  test('the encoder is heard on the sockets that are open already', async () => {
    const began = performance.now()
    encoder = await startEncoder({ port: station.place.airPort, path: MOUNT, codec: 'mp3', password: 'demo' })
    const now = await nowBecomes(station.place.house, 'news', ({ feed }) => feed === 'source')
    assert.equal(now.up, true)
    await waitFor('the studio is heard', () => names(plain).at(-1) === 'studio' && names(titled).at(-1) === 'studio')
    for (const listener of [plain, titled]) {
      assert.deepEqual(names(listener), ['playout', 'studio'], 'whole frames of one, then whole frames of the other')
      assert.ok(listener.open())
      assert.ok(listener.longestGap(began) < 2000, `nothing came for ${listener.longestGap(began)} ms`)
    }
  })

  test("the encoder's title arrives everywhere letter for letter", async () => {
    const { house, air } = station.place
    await sendTitle(air, { mount: MOUNT, title: TITLE, password: 'demo' })
    const now = await nowBecomes(house, 'news', ({ streamTitle }) => streamTitle !== null)
    assert.equal(now.streamTitle, TITLE, '/api/v1/now')
    await waitFor('an event with a title', () => follower.heard('news').at(-1)?.streamTitle)
    assert.equal(follower.heard('news').at(-1)?.streamTitle, TITLE, '/api/v1/events')
    await waitFor('a title between the frames', () => titled.titles().at(-1)?.title || null)
    assert.equal(titled.titles().at(-1)?.title, TITLE, 'the ICY block')
    const status = (await (await fetch(`${air}/status-json.xsl`)).json()) as {
      icestats: { source: { listenurl: string; title?: string }[] }
    }
    const entry = status.icestats.source.find(({ listenurl }) => listenurl.endsWith(MOUNT))
    assert.equal(entry?.title, TITLE, '/status-json.xsl')
    assert.equal(await waitFor('a segment with a title', () => segmentTitle(air), { ms: 15_000, every: 500 }), TITLE)
  })

  test("it leaves, and the demo's own sound is back on the same sockets", async () => {
    const before = performance.now()
    await encoder.stop()
    const now = await nowBecomes(station.place.house, 'news', ({ feed }) => feed === 'backup')
    assert.equal(now.up, true)
    assert.equal(now.streamTitle, null, "the encoder's title goes with it")
    await waitFor('the playout is heard again', () => [plain, titled].every((one) => names(one).at(-1) === 'playout'))
    await sleep(3000)
    for (const listener of [plain, titled]) {
      assert.deepEqual(names(listener), ['playout', 'studio', 'playout'])
      assert.ok(listener.open())
      assert.ok(listener.longestGap(before) < 2000, `nothing came for ${listener.longestGap(before)} ms`)
      const { junk, lead } = walk(listener.audio(), 'mp3')
      assert.deepEqual({ junk, lead }, { junk: 0, lead: 0 }, 'nothing but frames')
    }
    assert.equal(titled.titles().at(-1)?.title ?? '', '', 'players stop showing it')
  })

  test('who follows the events was told of each change, and of no down', () => {
    assert.deepEqual(feeds(), ['backup', 'source'])
    assert.equal(follower.heard('news').at(-1)?.feed, 'backup')
    assert.ok(follower.heard('news').every(({ up }) => up))
    assert.equal(follower.connections(), 1)
  })
})

/** The title that ffprobe reads in the newest segment. */
const segmentTitle = async (air: string): Promise<string | null> => {
  const base = `${air}/hls/news/`
  const playlist = await (await fetch(`${base}live.m3u8`)).text()
  const newest = playlist.split('\n').findLast((line) => line !== '' && !line.startsWith('#'))
  if (!newest) return null
  const input = Buffer.from(await (await fetch(base + newest)).arrayBuffer())
  const asked = ['-v', 'error', '-show_entries', 'format_tags=title', '-of', 'json', 'pipe:0']
  const { stdout } = await run('ffprobe', asked, { input })
  const told = JSON.parse(stdout.toString()) as { format?: { tags?: { title?: string } } }
  return told.format?.tags?.title ?? null
}
