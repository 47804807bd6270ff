// Makes the sound of the demo station: node demo/audio/make.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMp3Encoder } from 'wasm-media-encoders'
import { barcarolle, celloAndRain } from './classical.ts'
import { copperInTheRain, eightCounties, lanternYear, slowFerry } from './music.ts'
import { newsHour } from './news.ts'
import { bridge, landing } from './places.ts'
import { RATE } from './sound.ts'
import type { Stereo } from './master.ts'
import type { Wave } from './sound.ts'

const folder = join(import.meta.dirname, '..', 'station', 'audio')

const pieces = {
  news: [{ file: 'news-hour.mp3', title: '', artist: '', make: newsHour }],
  music: [
    { file: 'slow-ferry.mp3', title: 'Slow Ferry', artist: 'The Paper Lanterns', make: slowFerry },
    { file: 'copper-in-the-rain.mp3', title: 'Copper in the Rain', artist: 'Adela Moss', make: copperInTheRain },
    { file: 'eight-counties.mp3', title: 'Eight Counties', artist: 'The Harl Junction Brass', make: eightCounties },
    { file: 'lantern-year.mp3', title: 'Lantern Year', artist: 'Teo & the Understudies', make: lanternYear },
  ],
  classical: [
    {
      file: 'cello-and-rain.mp3',
      title: 'Sonata for Cello and Rain: II. Adagio',
      artist: 'Aurel Vintner, Hollis Quay Players',
      make: celloAndRain,
    },
    {
      file: 'barcarolle.mp3',
      title: 'Barcarolle in G',
      artist: 'Ottilie Strand, Hollis Quay Players',
      make: barcarolle,
    },
  ],
}

const pictures = [
  { file: 'story-bridge.mp3', make: bridge },
  { file: 'story-river.mp3', make: landing },
]

/** One side: 64 kbit/s, two sides: 96 kbit/s; always constant, so that files can follow one another on the air. */
async function mp3(sound: Wave | Stereo): Promise<Buffer> {
  const channels = sound instanceof Float32Array ? [sound] : [sound.left, sound.right]
  const encoder = await createMp3Encoder()
  const bitrate = channels.length === 1 ? 64 : 96
  encoder.configure({ channels: channels.length === 1 ? 1 : 2, sampleRate: RATE, outputSampleRate: RATE, bitrate })
  return Buffer.concat([Buffer.from(encoder.encode(channels)), Buffer.from(encoder.finalize())])
}

mkdirSync(folder, { recursive: true })
for (const { file, make } of [...Object.values(pieces).flat(), ...pictures])
  writeFileSync(join(folder, file), await mp3(make()))

const playlist = Object.fromEntries(
  Object.entries(pieces).map(([stream, list]) => [
    stream,
    list.map(({ file, title, artist }) => ({ file, title, artist })),
  ]),
)
writeFileSync(join(folder, 'playlist.json'), `${JSON.stringify(playlist, null, 2)}\n`)
