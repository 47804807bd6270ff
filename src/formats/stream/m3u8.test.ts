import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as HLS from 'hls-parser'
import { Parser } from 'm3u8-parser'
import { writeMediaPlaylist } from './m3u8.ts'
import type { MediaPlaylist } from './m3u8.ts'

const START = Date.UTC(2026, 2, 14, 15, 9, 26, 535)

const live: MediaPlaylist = {
  version: 6,
  targetDuration: 4,
  mediaSequence: 1001,
  discontinuitySequence: 7,
  segments: [
    { uri: '15-0007/1001.aac', duration: 4.017, programDateTime: START },
    { uri: '15-0008/1002.aac', duration: 3.99346, programDateTime: START + 11_017, discontinuity: true },
  ],
  dateRanges: [
    {
      id: 't-1',
      class: 'org.groundwave.track',
      startDate: START + 500,
      duration: 187.25,
      attributes: { 'X-TITLE': 'The "Air"\r\nThat I Breathe', 'X-ARTIST': 'Ärzte, die' },
    },
    { id: 't-2', startDate: START + 9000 },
  ],
}

test('a live playlist, line by line', () => {
  assert.equal(
    writeMediaPlaylist(live),
    `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:1001
#EXT-X-DISCONTINUITY-SEQUENCE:7
#EXT-X-DATERANGE:ID="t-1",CLASS="org.groundwave.track",START-DATE="2026-03-14T15:09:27.035Z",DURATION=187.250,X-TITLE="The %22Air%22%0D%0AThat I Breathe",X-ARTIST="Ärzte, die"
#EXT-X-DATERANGE:ID="t-2",START-DATE="2026-03-14T15:09:35.535Z"
#EXT-X-PROGRAM-DATE-TIME:2026-03-14T15:09:26.535Z
#EXTINF:4.01700,
15-0007/1001.aac
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-03-14T15:09:37.552Z
#EXTINF:3.99346,
15-0008/1002.aac
`,
  )
})

test('a past window in fMP4 names its type, its init segments and its end', () => {
  const text = writeMediaPlaylist({
    ...live,
    version: 7,
    type: 'VOD',
    ended: true,
    map: { uri: 'a/init.mp4' },
    dateRanges: [],
    segments: live.segments.map((segment, index) =>
      index === 0 ? segment : { ...segment, map: { uri: 'b/init.mp4' } },
    ),
  })
  const lines = text.split('\n')
  assert.ok(lines.indexOf('#EXT-X-MAP:URI="a/init.mp4"') < lines.indexOf('15-0007/1001.aac'))
  assert.equal(lines.indexOf('#EXT-X-MAP:URI="b/init.mp4"'), lines.indexOf('#EXT-X-DISCONTINUITY') + 1)
  assert.equal(lines.at(-2), '#EXT-X-ENDLIST')
  assert.ok(lines.includes('#EXT-X-PLAYLIST-TYPE:VOD'))
})

test('hls-parser reads the same', () => {
  const playlist = HLS.parse(writeMediaPlaylist(live))
  assert.ok(!playlist.isMasterPlaylist)
  assert.deepEqual(
    [playlist.version, playlist.targetDuration, playlist.mediaSequenceBase, playlist.discontinuitySequenceBase],
    [6, 4, 1001, 7],
  )
  assert.deepEqual(
    playlist.segments.map(({ uri, discontinuity, programDateTime }) => [
      uri,
      discontinuity === true,
      programDateTime?.getTime(),
    ]),
    [
      ['15-0007/1001.aac', false, START],
      ['15-0008/1002.aac', true, START + 11_017],
    ],
  )
})

test('m3u8-parser reads the same', () => {
  const parser = new Parser()
  parser.push(writeMediaPlaylist({ ...live, ended: true }))
  parser.end()
  const { manifest } = parser as unknown as {
    manifest: Record<string, unknown> & { segments: unknown[]; dateRanges: { id: string }[] }
  }
  assert.equal(manifest['endList'], true)
  assert.equal(manifest['mediaSequence'], 1001)
  assert.equal(manifest['discontinuitySequence'], 7)
  assert.equal(manifest.segments.length, 2)
  assert.deepEqual(
    manifest.dateRanges.map(({ id }) => id),
    ['t-1', 't-2'],
  )
})
