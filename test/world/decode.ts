import { run } from './programs.ts'
import { wholeFrames, type Family } from './frames.ts'

/** ffmpeg's names for what a mount sends. */
const DEMUXERS: Record<Family, string> = { mp3: 'mp3', aac: 'aac', ogg: 'ogg' }

/**
 * The first frames of a stream joined in the middle point back into bits that were never received (ISO 11172-3
 * §2.4.2.7, main_data_begin). These are the words of some ffmpegs for that; nothing else is excused.
 */
const RESERVOIR = /invalid new backstep|overread, skip/

export type Decoded = {
  /** What ffmpeg complained of, beyond the MP3 reservoir. */
  errors: string[]
  seconds: number
  /** Loudness over all, dB below full scale. */
  level: number
}

/** Decodes a recording with ffmpeg: whole frames only, because a recording may end anywhere. */
export const decode = async (bytes: Buffer, family: Family): Promise<Decoded> => {
  const input = wholeFrames(bytes, family)
  return measure(
    await run('ffmpeg', ['-v', 'error', '-f', DEMUXERS[family], '-i', 'pipe:0', ...PCM], { input, timeoutMs: 60_000 }),
    family,
  )
}

/** The same for a file or an address that ffmpeg opens itself. */
export const decodeAt = async (address: string, family: Family, options: string[] = []): Promise<Decoded> =>
  measure(await run('ffmpeg', ['-v', 'error', ...options, '-i', address, ...PCM], { timeoutMs: 60_000 }), family)

const RATE = 44_100
const PCM = ['-map', '0:a', '-ac', '1', '-ar', String(RATE), '-f', 's16le', '-']

const measure = (
  { code, stdout, stderr }: { code: number | null; stdout: Buffer; stderr: string },
  family: Family,
): Decoded => {
  const samples = Math.floor(stdout.length / 2)
  let power = 0
  for (let i = 0; i < samples; i++) power += (stdout.readInt16LE(i * 2) / 32_768) ** 2
  const errors = complaints(stderr, family)
  if (code !== 0) errors.push(`ffmpeg ended with ${code}`)
  return {
    errors,
    seconds: samples / RATE,
    level: samples === 0 || power === 0 ? -Infinity : 10 * Math.log10(power / samples),
  }
}

/** ffmpeg's lines without those that belong to joining MP3 in the middle. */
export const complaints = (stderr: string, family: Family): string[] =>
  stderr.split('\n').filter((line) => line.trim() !== '' && !(family === 'mp3' && RESERVOIR.test(line)))
