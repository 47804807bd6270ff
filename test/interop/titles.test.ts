import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startEncoder } from '../world/encoders.ts'
import { PlaylistWatch, readPacked } from '../world/hls.ts'
import { tuneIn } from '../world/listeners.ts'
import { needs, run, type Program } from '../world/programs.ts'
import { startStation, type Station } from '../world/station.ts'
import { waitFor } from '../world/wait.ts'
import { hearTitle, setTitle } from './hear.ts'
import { mpv } from './players.ts'

// One title, told once by the encoder's side, and every surface says the same.

const TITLES: [string, string, string][] = [
  ['typographic apostrophes', 'Café ‘Übermut’; it’s 日本', 'Café ‘Übermut’; it’s 日本'],
  ['a straight apostrophe', "Café ‘Übermut’; it's 日本", "Café ‘Übermut’; it's 日本"],
  // The block has no escape: a player would end the title at `';`, so one sign of it becomes another.
  ["what ends a block's text", "O'; StreamUrl='x", "O’; StreamUrl='x"],
  ['the signs of every markup', '<b> & "quotes" % #1 \\ / ?', '<b> & "quotes" % #1 \\ / ?'],
]

const PATH = '/titles.mp3'
let station: Station | undefined
let encoder: Program | undefined

/** The title of the newest HLS segment, from its ID3 tag. */
const hlsTitle = async (watch: PlaylistWatch): Promise<string | null> => {
  const playlist = await watch.poll()
  const url = playlist?.segments.at(-1)?.url
  return url === undefined ? null : readPacked(Buffer.from(await (await fetch(url)).arrayBuffer()), 'mp3').title
}

const statusTitle = async (): Promise<unknown> => {
  const answer = (await (await fetch(`${station!.url}/status-json.xsl`)).json()) as Status
  return answer.icestats.source.title
}
type Status = { icestats: { source: { title?: string } } }

describe('titles', { ...needs('ffmpeg'), timeout: 90_000 }, () => {
  before(async () => {
    station = await startStation({ mounts: [PATH] })
    encoder = await startEncoder({ port: station.port, path: PATH, codec: 'mp3' })
    ;(await tuneIn({ port: station.port, path: PATH })).close()
  })
  after(async () => {
    await encoder?.stop()
    await station?.close()
  })

  for (const [what, song, inStream] of TITLES) {
    test(`${what}: stream, HLS and status agree`, async () => {
      const { port } = station!
      const listener = await tuneIn({ port, path: PATH, icy: true })
      const watch = new PlaylistWatch(`${station!.url}/hls/titles/live.m3u8`)
      await setTitle(station!, PATH, song)
      assert.equal(await statusTitle(), song)
      await hearTitle(listener, inStream)
      listener.close()
      await waitFor(`${song} in HLS`, async () => (await hlsTitle(watch)) === song, { ms: 12_000, every: 300 })
      // The house's own surfaces (/api/v1/now and its events) belong in this comparison: add them here.
    })
  }

  test('mpv and ffprobe print the title as it was told', needs('mpv', 'ffprobe'), async () => {
    for (const [, song, inStream] of TITLES.slice(0, 2)) {
      // oxlint-disable-next-line no-await-in-loop -- a stream has one title at a time
      await setTitle(station!, PATH, song)
      // oxlint-disable-next-line no-await-in-loop -- until joiners start within it
      const listener = await tuneIn({ port: station!.port, path: PATH, icy: true })
      // oxlint-disable-next-line no-await-in-loop -- as above
      await hearTitle(listener, inStream)
      listener.close()
      const url = `${station!.url}${PATH}`
      // oxlint-disable-next-line no-await-in-loop -- as above
      const said = await mpv(url, 7)
      assert.equal(said.match(/icy-title: (.*)/g)?.at(-1), `icy-title: ${inStream}`, said.slice(0, 4000))
      const entries = ['-v', 'error', '-show_entries', 'format_tags=StreamTitle', '-of', 'default=nk=1:nw=1']
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { stdout } = await run('ffprobe', [...entries, url])
      assert.equal(stdout.toString().trim(), inStream)
    }
  })

  test('a joiner is told the title of the moment that its burst begins with', async () => {
    const { port } = station!
    await setTitle(station!, PATH, 'Before')
    const early = await tuneIn({ port, path: PATH, icy: true })
    await hearTitle(early, 'Before')
    // Long enough that the whole burst is of this title.
    await early.heard(early.length() + 5 * 16_000)
    early.close()
    await setTitle(station!, PATH, 'After')
    const late = await tuneIn({ port, path: PATH, icy: true })
    await hearTitle(late, 'After')
    assert.deepEqual(
      late.titles().map((entry) => entry.title),
      ['Before', 'After'],
    )
    late.close()
  })
})
