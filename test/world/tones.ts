import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './programs.ts'

export type ToneName = 'mp3' | 'aac' | 'vorbis' | 'opus' | 'flac' | 'loud-mp3' | 'wide-flac'

// A sine under pink noise: easy to hear in what comes out, and no two frames are alike.
const source = (seconds: number): string[] => {
  const sine = `sine=f=440:r=44100:d=${seconds}`
  const noise = `anoisesrc=c=pink:r=44100:a=0.2:d=${seconds}`
  return ['-f', 'lavfi', '-i', sine, '-f', 'lavfi', '-i', noise, '-filter_complex', '[0][1]amix=2', '-ac', '2']
}

const TONES: Record<ToneName, { seconds: number; extension: string; args: string[] }> = {
  mp3: { seconds: 60, extension: 'mp3', args: ['-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3'] },
  'loud-mp3': { seconds: 60, extension: 'mp3', args: ['-c:a', 'libmp3lame', '-b:a', '320k', '-f', 'mp3'] },
  // Some 3 Mb/s.
  'wide-flac': {
    seconds: 30,
    extension: 'flac.ogg',
    args: ['-c:a', 'flac', '-ar', '96000', '-sample_fmt', 's32', '-f', 'ogg'],
  },
  aac: { seconds: 60, extension: 'aac', args: ['-c:a', 'aac', '-b:a', '96k', '-f', 'adts'] },
  vorbis: { seconds: 60, extension: 'ogg', args: ['-c:a', 'libvorbis', '-f', 'ogg'] },
  opus: { seconds: 60, extension: 'opus', args: ['-c:a', 'libopus', '-b:a', '64k', '-f', 'ogg'] },
  flac: { seconds: 60, extension: 'flac.ogg', args: ['-c:a', 'flac', '-sample_fmt', 's16', '-f', 'ogg'] },
}

// ezstream and liquidsoap read these tags and send them on.
const TITLE = ['-metadata', 'title=Tone', '-metadata', 'artist=Interop']

let folder: string | null = null

/** A folder of this test process, readable by all (VLC refuses to run as root), gone when it ends. */
export const scratch = (): string => {
  if (folder) return folder
  const made = mkdtempSync(join(tmpdir(), 'groundwave-test-'))
  chmodSync(made, 0o755)
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  return (folder = made)
}

const making = new Map<ToneName, Promise<string>>()

/** A tone as a file, made with ffmpeg at its first use. Titled "Interop – Tone" where the format has tags. */
export const tone = (name: ToneName): Promise<string> => {
  const known = making.get(name)
  if (known) return known
  const made = make(name)
  making.set(name, made)
  return made
}

const make = async (name: ToneName): Promise<string> => {
  const { seconds, extension, args } = TONES[name]
  const path = join(scratch(), `${name}.${extension}`)
  if (existsSync(path)) return path
  const { code, stderr } = await run(
    'ffmpeg',
    ['-v', 'error', ...source(seconds), ...TITLE, ...args, '-y', `${path}.part`],
    { timeoutMs: 60_000 },
  )
  if (code !== 0) throw new Error(`ffmpeg could not make ${name}: ${stderr}`)
  renameSync(`${path}.part`, path)
  return path
}
