import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProgram, type Program } from '../world/programs.ts'
import { SOURCE_PASSWORD } from '../world/station.ts'
import { scratch, tone } from '../world/tones.ts'
import { sleep } from '../world/wait.ts'

// The encoders that stations really run, each with the smallest configuration that it takes.

export type Place = { port: number; path: string }

const folderOf = (name: string): string => {
  const folder = join(scratch(), name)
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o777)
  return folder
}

const fileIn = (folder: string, name: string, text: string, mode = 0o644): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

/** A home whose sound card is ALSA's null device. */
const silentHome = (name: string): string => {
  const folder = folderOf(name)
  fileIn(folder, '.asoundrc', 'pcm.!default { type null }\npcm.nul { type null }\n')
  return folder
}

export const ezstream = async ({ port, path }: Place): Promise<Program> => {
  const config = `<ezstream>
  <servers><server><hostname>127.0.0.1</hostname><port>${port}</port><password>${SOURCE_PASSWORD}</password><tls>none</tls></server></servers>
  <streams><stream><mountpoint>${path}</mountpoint><format>MP3</format></stream></streams>
  <intakes><intake><type>file</type><filename>${await tone('mp3')}</filename></intake></intakes>
</ezstream>
`
  // It refuses a file with a password that others may read.
  return startProgram('ezstream', ['-c', fileIn(folderOf('ezstream'), 'ez.xml', config, 0o600), '-v'])
}

export const shout = async ({ port, path }: Place): Promise<Program> => {
  const file = await tone('vorbis')
  const program = startProgram('sh', [
    '-c',
    'exec shout "$@" < "$0"',
    file,
    '-H',
    '127.0.0.1',
    '-P',
    String(port),
    '--mount',
    path,
    '--pass',
    SOURCE_PASSWORD,
    '--format',
    'ogg',
    '--usage',
    'audio',
  ])
  return program
}

export const gstreamer = async ({ port, path }: Place): Promise<Program> =>
  startProgram('gst-launch-1.0', [
    ...'audiotestsrc is-live=true ! audioconvert ! vorbisenc ! oggmux ! shout2send ip=127.0.0.1'.split(' '),
    `port=${port}`,
    `password=${SOURCE_PASSWORD}`,
    `mount=${path}`,
  ])

export const liquidsoap = async ({ port, path }: Place): Promise<Program> => {
  const script = `log.stdout.set(true)
settings.init.allow_root.set(true)
s = mksafe(single("${await tone('mp3')}"))
output.icecast(%mp3(bitrate=128), host="127.0.0.1", port=${port}, password="${SOURCE_PASSWORD}", mount="${path.slice(1)}", s)
`
  return startProgram('liquidsoap', [fileIn(folderOf('liquidsoap'), 'radio.liq', script)])
}

export const darkice = async ({ port, path }: Place): Promise<Program> => {
  const home = silentHome('darkice')
  const config = `[general]
duration = 60
bufferSecs = 1
[input]
device = nul
sampleRate = 44100
bitsPerSample = 16
channel = 2
[icecast2-0]
bitrateMode = vbr
quality = 0.4
format = vorbis
server = 127.0.0.1
port = ${port}
password = ${SOURCE_PASSWORD}
mountPoint = ${path.slice(1)}
name = Darkice
`
  return startProgram('darkice', ['-c', fileIn(home, 'darkice.cfg', config)], { env: { ...process.env, HOME: home } })
}

export const ices2 = async ({ port, path }: Place): Promise<Program> => {
  const folder = folderOf('ices2')
  const list = fileIn(folder, 'list.txt', `${await tone('vorbis')}\n`)
  const config = `<ices>
  <background>0</background><logpath>${folder}</logpath><logfile>ices.log</logfile><loglevel>4</loglevel><consolelog>1</consolelog>
  <stream>
    <metadata><name>Ices</name></metadata>
    <input><module>playlist</module><param name="type">basic</param><param name="file">${list}</param><param name="random">0</param></input>
    <instance><hostname>127.0.0.1</hostname><port>${port}</port><password>${SOURCE_PASSWORD}</password><mount>${path}</mount></instance>
  </stream>
</ices>
`
  return startProgram('ices2', [fileIn(folder, 'ices.xml', config)])
}

export type Butt = { encoder: Program; screen: Program; control: (args: string[]) => Program }

/** butt wants a screen: it gets a virtual one, and its orders over its own control port. */
export const butt = async ({ port, path }: Place): Promise<Butt> => {
  const home = silentHome('butt')
  const display = `:${70 + Math.floor(Math.random() * 900)}`
  const control = String(port + 9)
  const config = `[main]
server = gw
srv_ent = gw
num_of_srv = 1
num_of_icy = 0
log_file = ${join(home, 'butt.log')}
connect_at_startup = 0
[audio]
device = 0
samplerate = 44100
bitrate = 128
channel = 2
codec = mp3
[gw]
address = 127.0.0.1
port = ${port}
password = ${SOURCE_PASSWORD}
type = 1
tls = 0
mount = ${path.slice(1)}
usr = source
`
  const screen = startProgram('Xvfb', [display, '-screen', '0', '800x600x24', '-nolisten', 'tcp'])
  await sleep(1000)
  const env = { ...process.env, HOME: home, DISPLAY: display }
  const encoder = startProgram('butt', ['-c', fileIn(home, 'buttrc', config), '-p', control], { env })
  return { encoder, screen, control: (args) => startProgram('butt', [...args, '-p', control], { env }) }
}

/** Shoutcast v1 on the port above. VLC will not run as root. */
export const vlc = async ({ port, path }: Place): Promise<Program> => {
  const home = folderOf('vlc')
  const args = [
    await tone('mp3'),
    '--sout',
    `#std{access=shout{mp3=1,name=VLC},mux=raw,dst=source:${SOURCE_PASSWORD}@127.0.0.1:${port}${path}}`,
    'vlc://quit',
  ]
  return startProgram('cvlc', args, { ...asNobody(), env: { ...process.env, HOME: home } })
}

/** For programs that refuse root; elsewhere the tests' own user does. */
export const asNobody = (): { uid?: number; gid?: number } =>
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
