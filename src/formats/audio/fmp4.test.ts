import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipNamed, decodeComplaints, decodePcm, readClip, withoutFfmpeg } from '../../../test/fixtures/clips.ts'
import { initSegment, mediaSegment } from './fmp4.ts'
import type { Frame } from './frame.ts'
import { readId3Frames } from './id3.ts'
import { createOggFramer } from './ogg-framer.ts'
import { readOggHeaders, readOggPackets } from './ogg-track.ts'
import type { OggTrack, TimedPacket } from './ogg-track.ts'

type Box = { type: string; body: Buffer }

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'dinf', 'stbl', 'mvex', 'moof', 'traf'])

/** Boxes in document order, containers before what they hold; fails unless the sizes add up. */
const boxesOf = (bytes: Buffer): Box[] => {
  const boxes: Box[] = []
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32BE(at)
    assert.ok(size >= 8 && at + size <= bytes.length)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, at + size)
    boxes.push({ type, body }, ...(CONTAINERS.has(type) ? boxesOf(body) : []))
    at += size
  }
  return boxes
}

const bodyOf = (bytes: Buffer, type: string): Buffer => {
  const found = boxesOf(bytes).find((each) => each.type === type)
  assert.ok(found, type)
  return found.body
}

/** One media segment for each page of a clip. */
const segmentsOf = (name: string): { track: OggTrack; segments: Buffer[]; packets: TimedPacket[][] } => {
  const framer = createOggFramer()
  const pages: Frame[] = framer.push(readClip(name)).filter(({ header }) => header !== true)
  const headers = framer.headers() ?? Buffer.alloc(0)
  const track = readOggHeaders(headers)
  assert.ok(track)
  const packets = pages.map(({ bytes }) => readOggPackets(headers, bytes))
  let decodeTime = 0
  const segments = packets.map((page, index) => {
    const segment = mediaSegment({
      sequence: index + 1,
      decodeTime,
      rate: track.format.rate,
      packets: page,
      title: `Nº ${index}`,
    })
    decodeTime += page.reduce((sum, { duration }) => sum + duration, 0)
    return segment
  })
  return { track, segments, packets }
}

for (const name of ['opus-stereo-64k.opus', 'flac-mono-22050.flac.ogg']) {
  const { track, segments, packets } = segmentsOf(name)
  const init = initSegment(track.format, track.codecPrivate ?? Buffer.alloc(0))

  test(`${name}: init and media segments have the boxes CMAF wants`, () => {
    assert.deepEqual(
      boxesOf(init)
        .map(({ type }) => type)
        .join(' '),
      'ftyp moov mvhd trak tkhd mdia mdhd hdlr minf smhd dinf dref stbl stsd stts stsc stsz stco mvex trex',
    )
    assert.equal(bodyOf(init, 'mdhd').readUInt32BE(12), track.format.rate)
    segments.forEach((segment, index) => {
      assert.equal(
        boxesOf(segment)
          .map(({ type }) => type)
          .join(' '),
        'emsg moof mfhd traf tfhd tfdt trun mdat',
      )
      const trun = bodyOf(segment, 'trun')
      assert.equal(trun.readUInt32BE(4), packets[index]?.length)
      // From the start of moof to the first byte of sound.
      const moofAt = segment.readUInt32BE(0)
      const soundAt = moofAt + trun.readUInt32BE(8)
      assert.deepEqual(segment.subarray(soundAt), Buffer.concat((packets[index] ?? []).map(({ bytes }) => bytes)))
    })
  })

  test(`${name}: the title travels as an ID3 event at the segment's first sample`, () => {
    const event = bodyOf(segments[2] ?? Buffer.alloc(0), 'emsg')
    const scheme = 'https://aomedia.org/emsg/ID3\0\0'
    assert.equal(event[0], 1)
    assert.equal(event.readUInt32BE(4), track.format.rate)
    assert.equal(event.readBigUInt64BE(8), bodyOf(segments[2] ?? Buffer.alloc(0), 'tfdt').readBigUInt64BE(4))
    assert.equal(event.toString('latin1', 24, 24 + scheme.length), scheme)
    assert.deepEqual(readId3Frames(event.subarray(24 + scheme.length)), [{ id: 'TIT2', data: Buffer.from('\x03Nº 2') }])
    const untitled = mediaSegment({ sequence: 1, decodeTime: 0, rate: 48000, packets: packets[0] ?? [] })
    assert.equal(boxesOf(untitled)[0]?.type, 'moof')
  })

  test(`${name}: FFmpeg decodes the same sound as from Ogg`, { skip: withoutFfmpeg }, () => {
    const movie = Buffer.concat([init, ...segments])
    assert.deepEqual(decodeComplaints('mp4', [movie, Buffer.concat([init, ...segments.slice(3)])]), [])
    const [fromMovie, fromOgg] = [decodePcm('mp4', movie), decodePcm('ogg', readClip(name))]
    // Ogg can end inside a packet, a fragment cannot.
    const samplesMore = (fromMovie.length - fromOgg.length) / (2 * clipNamed(name).channels)
    assert.ok(samplesMore >= 0 && samplesMore < 960, `${samplesMore} samples more`)
    if (clipNamed(name).codec === 'flac') assert.deepEqual(fromMovie, fromOgg)
  })
}

test('far into a run, the decode time still fits', () => {
  const segment = mediaSegment({
    sequence: 9,
    decodeTime: 2 ** 45,
    rate: 48000,
    packets: [{ bytes: Buffer.alloc(3), duration: 960 }],
  })
  assert.equal(bodyOf(segment, 'tfdt').readBigUInt64BE(4), 2n ** 45n)
})

test('other codecs are refused in words', () => {
  const vorbis = { codec: 'vorbis', rate: 44100, channels: 2, kbps: 0 } as const
  assert.throws(() => initSegment(vorbis, Buffer.alloc(0)), /vorbis/)
})
