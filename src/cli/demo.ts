import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../base/clock.ts'
import { createLog } from '../base/log.ts'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import { mountName } from '../config/mount-name.ts'
import { demoEditorToken } from './demo-editor.ts'
import { Playout, type Track } from './playout.ts'
import { supervise, type Ports } from './supervise.ts'

/** The demo's material, in a checkout and in the published package. */
const MATERIAL = fileURLToPath(import.meta.resolve('../../demo/station'))
const AUTO = '/auto/'

/**
 * `demo`: copies the fictional station into its folder (the archive stays), puts it on the air, and feeds it from
 * an encoder of its own through the front door.
 */
export const demo = async (): Promise<number> => {
  const folder = resolve(process.env['GROUNDWAVE_DATA'] ?? '.groundwave')
  mkdirSync(folder, { recursive: true })
  cpSync(MATERIAL, folder, { recursive: true })
  const config = loadConfig(folder, process.env)
  const playouts: Playout[] = []
  return supervise({
    config,
    onAir: (port) => playouts.push(...startPlayouts(config, port)),
    async onReady(ports) {
      const streams = config.mounts
        .filter((mount) => mount.public)
        .map((mount) => `http://localhost:${ports.air}${mount.path}`)
      await Promise.all(streams.map(heard))
      tell(ports, streams, await demoEditorToken(config))
    },
    onStop: () => playouts.forEach((playout) => playout.stop()),
  })
}

const startPlayouts = (config: LoadedConfig, port: number): Playout[] => {
  const log = createLog({ clock: systemClock, part: 'playout' })
  const folder = join(config.folder, 'audio')
  const playlist = JSON.parse(readFileSync(join(folder, 'playlist.json'), 'utf8')) as Record<string, Track[]>
  return config.mounts
    .filter((mount) => mount.path.startsWith(AUTO))
    .flatMap(({ path, source }) => {
      const tracks = playlist[mountName(path.slice(AUTO.length - 1))] ?? []
      if (tracks.length === 0 || !tracks.every((track) => existsSync(join(folder, track.file)))) return []
      const playout = new Playout({ folder, tracks, mount: path, port, ...source, log })
      playout.start()
      return [playout]
    })
}

/** Resolves when a listener of this stream gets sound. */
const heard = async (url: string): Promise<void> => {
  while (!(await hearsNow(url))) await new Promise((soon) => setTimeout(soon, 50))
}

const hearsNow = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false }, (response) => {
      response.once('data', () => {
        resolve(response.statusCode === 200)
        request.destroy()
      })
      response.once('end', () => resolve(false))
    })
    request.on('error', () => resolve(false))
  })

const tell = ({ house }: Ports, streams: string[], token: string): void => {
  process.stdout.write(
    [
      `ready  site http://localhost:${house}/  stream ${streams[0]}`,
      ...streams.slice(1).map((stream) => `       and ${stream}`),
      `       editor token: ${token}`,
      '       To be heard instead, point an encoder at one of these: user "source", password "demo". Ctrl-C stops.',
      '',
    ].join('\n'),
  )
}
