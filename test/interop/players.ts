import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, startProgram, type Program } from '../world/programs.ts'
import { scratch } from '../world/tones.ts'
import { asNobody } from './other-encoders.ts'

/** A fresh folder that everybody may write to: some players refuse root. */
export const outFolder = (name: string): string => {
  const folder = join(scratch(), name)
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o777)
  return folder
}

/** mpv as a listener without a loudspeaker; returns all it says. */
export const mpv = async (url: string, seconds: number): Promise<string> => {
  const quiet = ['--no-config', '--ao=null', '--vo=null', '--msg-level=all=v']
  const { stdout, stderr } = await run('mpv', [...quiet, `--length=${seconds}`, url], { timeoutMs: 30_000 })
  return `${stdout.toString()}${stderr}`
}

/** VLC plays into a WAV file for some seconds. */
export const vlcToFile = (url: string, file: string, seconds: number): Program => {
  const out = [`--aout=afile`, `--audiofile-file=${file}`, '--audiofile-format=s16', `--run-time=${seconds}`]
  const env = { ...process.env, HOME: outFolder('vlc-home') }
  return startProgram('cvlc', ['-q', ...out, '--play-and-exit', url, 'vlc://quit'], { ...asNobody(), env })
}

/** Liquidsoap as a relay: it plays the stream into a WAV file until it is stopped. */
export const liquidsoapToFile = (url: string, file: string): Program => {
  const script = join(outFolder('liquidsoap-in'), 'in.liq')
  const lines = [
    'log.stdout.set(true)',
    'settings.init.allow_root.set(true)',
    `s = input.http("${url}")`,
    's.on_metadata(fun (m) -> print("told: " ^ m["title"]))',
    `output.file(%wav, fallible=true, "${file}", s)`,
  ]
  writeFileSync(script, `${lines.join('\n')}\n`)
  return startProgram('liquidsoap', [script])
}

/** A real Icecast 2.4, with whatever belongs in its configuration. It refuses root. */
export const icecast = (port: number, more = ''): Program => {
  const folder = outFolder('icecast')
  const config = join(folder, `icecast-${port}.xml`)
  const paths = `<paths><basedir>/usr/share/icecast2</basedir><logdir>${folder}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>`
  writeFileSync(
    config,
    `<icecast>
  <limits><clients>100</clients><sources>10</sources></limits>
  <authentication><source-password>hackme</source-password><admin-user>admin</admin-user><admin-password>hackme</admin-password></authentication>
  <hostname>127.0.0.1</hostname>
  <listen-socket><port>${port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  ${more}
  ${paths}
  <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>3</loglevel></logging>
</icecast>
`,
  )
  return startProgram('icecast2', ['-c', config], asNobody())
}
