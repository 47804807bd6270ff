import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clips, readClip } from '../../../test/fixtures/clips.ts'
import { flacFrameSamples, readFlacTrack, readStreamInfo, silentFlacFrame, silentFlacHeaders } from './flac.ts'
import { createOggFramer } from './ogg-framer.ts'
import { createOggPacketReader, readOggPage } from './ogg.ts'
import type { OggPage } from './ogg.ts'
import { readOggHeaders, readOggPackets, readOggTrack } from './ogg-track.ts'
import { opusHead, opusPacketSamples, opusTags, readOpusTrack, silentOpusPacket } from './opus.ts'
import { readVorbisTrack } from './vorbis.ts'

const packetsOf = (name: string): Buffer[] => {
  const bytes = readClip(name)
  const reader = createOggPacketReader()
  const packets: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const page = readOggPage(bytes, at) as OggPage
    packets.push(...reader.push(page).map((packet) => packet.bytes))
    at += page.bytes.length
  }
  return packets
}

for (const clip of clips.filter(({ family, name }) => family === 'ogg' && !name.startsWith('chained'))) {
  test(`${clip.name}: headers are read one by one, and packets last as long as the sound`, () => {
    const packets = packetsOf(clip.name)
    const track = readOggTrack(packets)
    assert.ok(track !== null && track !== 'more')
    for (let count = 1; count < track.headerPackets; count += 1) {
      assert.equal(readOggTrack(packets.slice(0, count)), 'more')
    }
    const { codec, rate, channels } = track.format
    assert.deepEqual([codec, rate, channels], [clip.codec, clip.rate, clip.channels])
    const count = track.createSampleCounter()
    const samples = packets.slice(track.headerPackets).reduce((sum, packet) => sum + (count?.(packet) ?? 0), 0)
    // The last page may say that a part of its last packet is not to be heard.
    assert.ok(samples >= clip.samples && samples < clip.samples + 4096, `${samples} for ${clip.samples}`)
  })

  test(`${clip.name}: a header cut off anywhere is not misread`, () => {
    const headers = packetsOf(clip.name).slice(0, 3)
    headers.forEach((header, index) => {
      for (let length = 0; length < header.length; length += Math.max(1, header.length >> 6)) {
        readOggTrack(headers.map((packet, other) => (other === index ? packet.subarray(0, length) : packet)))
      }
    })
  })
}

test('no packets, or foreign ones, are no track of ours', () => {
  assert.equal(readOggTrack([]), null)
  assert.equal(readOggTrack([Buffer.from('Speex   1.2')]), null)
  assert.equal(readOggTrack([Buffer.from('fishead\0'.padEnd(64, '\0'))]), null)
  assert.equal(readVorbisTrack([Buffer.from('\x01vorbis'.padEnd(30, '\0'))]), null)
  const future = opusHead({ channels: 2 })
  future[8] = 0x10
  assert.equal(readOpusTrack([future]), null)
  assert.equal(readOpusTrack([opusHead({ channels: 2 }), Buffer.from('OpusHats')]), null)
})

test('the codec private data is what MP4 wants', () => {
  const framer = createOggFramer()
  framer.push(readClip('opus-stereo-64k.opus'))
  const opus = readOggHeaders(framer.headers() ?? Buffer.alloc(0))
  assert.equal(opus?.codecPrivate?.toString('latin1', 0, 8), 'OpusHead')
  assert.equal(opus.preSkip, 312)
  const flac = createOggFramer()
  flac.push(readClip('flac-mono-22050.flac.ogg'))
  const info = readOggHeaders(flac.headers() ?? Buffer.alloc(0))?.codecPrivate ?? Buffer.alloc(0)
  assert.deepEqual(readStreamInfo(info), { rate: 22050, channels: 1, bitsPerSample: 16 })
  assert.equal(readStreamInfo(Buffer.alloc(33)), null)
})

test('packets with durations come out of pages; empty ones and Vorbis do not', () => {
  const framer = createOggFramer()
  const pages = framer.push(readClip('flac-mono-22050.flac.ogg')).filter(({ header }) => header !== true)
  const packets = readOggPackets(framer.headers() ?? Buffer.alloc(0), Buffer.concat(pages.map(({ bytes }) => bytes)))
  assert.equal(
    packets.reduce((sum, { duration }) => sum + duration, 0),
    6 * 22050,
  )
  assert.ok(packets.every(({ bytes }) => bytes.length > 0))
  const vorbis = createOggFramer()
  vorbis.push(readClip('vorbis-stereo-44100.ogg'))
  assert.deepEqual(readOggPackets(vorbis.headers() ?? Buffer.alloc(0), Buffer.alloc(0)), [])
  assert.deepEqual(readOggPackets(Buffer.from('no headers'), Buffer.alloc(0)), [])
})

test('the length of an Opus packet is in its first bytes', () => {
  const lengths: [number[], number][] = [
    [[0xf8], 960],
    [[0xfc, 0xff, 0xfe], 960],
    [[0xe0], 120],
    [[0x00], 480],
    [[0x18], 2880],
    [[0x60], 480],
    [[0x68], 960],
    [[0xf9], 1920],
    [[0xfb, 0x03], 2880],
    // 63 frames of 20 ms are more than a packet may hold.
    [[0xfb, 0x3f], 0],
    [[0xfb], 0],
    [[], 0],
  ]
  for (const [bytes, samples] of lengths) assert.equal(opusPacketSamples(Buffer.from(bytes)), samples, String(bytes))
  assert.equal(opusPacketSamples(silentOpusPacket({ channels: 1 })), 960)
  assert.ok(opusTags().toString('latin1').startsWith('OpusTags'))
})

test('the length of a FLAC frame is in its header, also behind a long frame number', () => {
  const lengths: [number[], number][] = [
    [[0xff, 0xf8, 0xc9, 0x18, 0x00, 0], 4096],
    [[0xff, 0xf8, 0x19, 0x18, 0x00, 0], 192],
    [[0xff, 0xf8, 0x59, 0x18, 0x00, 0], 4608],
    [[0xff, 0xf8, 0x69, 0x18, 0x05, 0xff, 0], 256],
    [[0xff, 0xf8, 0x79, 0x18, 0xc2, 0x80, 0x03, 0xe7, 0], 1000],
    [[0xff, 0xf9, 0x79, 0x18, 0xe1, 0x80, 0x80, 0xff, 0xff], 65536],
    [[0xff, 0xf8, 0x79, 0x18, 0xe1, 0x80], 0],
    [[0xff, 0xf8, 0x09, 0x18, 0x00, 0], 0],
    [[0xff, 0xfb, 0x90, 0x64, 0x00, 0], 0],
    [[], 0],
  ]
  for (const [bytes, samples] of lengths) assert.equal(flacFrameSamples(Buffer.from(bytes)), samples, String(bytes))
  for (const index of [0, 127, 128, 2047, 2048, 65_535, 65_536, 2 ** 21, 2 ** 26, 2 ** 31 - 1]) {
    assert.equal(flacFrameSamples(silentFlacFrame({ channels: 2 }, index)), 4096)
  }
})

test('FLAC header packets end with the marked one, or by their count', () => {
  const [first, comment] = silentFlacHeaders({ rate: 96000, channels: 2 })
  assert.equal(readFlacTrack([first]), 'more')
  const track = readFlacTrack([first, comment])
  assert.ok(track !== null && track !== 'more')
  assert.deepEqual([track.format.rate, track.headerPackets], [96000, 2])
  const unmarked = Buffer.from(comment)
  unmarked[0] = 4
  assert.notEqual(readFlacTrack([first, unmarked]), 'more')
  const uncounted = Buffer.from(first)
  uncounted.writeUInt16BE(0, 7)
  assert.equal(readFlacTrack([uncounted, unmarked]), 'more')
  assert.notEqual(readFlacTrack([uncounted, unmarked, comment]), 'more')
  assert.equal(readFlacTrack([uncounted, silentFlacFrame({ channels: 2 }, 0)]), null)
})
