import { statfs } from 'node:fs/promises'
import { get } from 'node:http'
import { connect } from 'node:net'
import { GroundwaveError } from '../base/errors.ts'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import { createFramer } from '../formats/audio/framer.ts'
import type { HealthReport } from '../air/air.ts'

/** One thing that was examined. `bad` makes the exit code 1; `care` is worth a look. */
type Finding = { state: 'good' | 'care' | 'bad'; what: string; mend?: string }

const LISTEN_MS = 5000
const CLOCK_TOLERANCE_MS = 2000
const DISK_CARE_BYTES = 5e9

/** `doctor DIR`: examines the station from outside, as a listener and an engineer would. */
export const doctor = async (folder = process.env['GROUNDWAVE_DATA']): Promise<number> => {
  if (!folder) throw new GroundwaveError('USAGE', '(doctor DIR)')
  const config = loadConfig(folder, process.env)
  let worst = 0
  const tell = (finding: Finding) => {
    const sign = { good: 'ok   ', care: 'look ', bad: 'BAD  ' }[finding.state]
    process.stdout.write(`${sign}${finding.what}\n${finding.mend ? `       ${finding.mend}\n` : ''}`)
    if (finding.state === 'bad') worst = 1
  }
  tell({ state: 'good', what: `the configuration in ${config.file} can be read` })
  tell(await disk(config))
  const health = await askHealth(config.air.port)
  if (health) {
    tell({ state: 'good', what: `air answers on port ${config.air.port}, up for ${health.uptime} s` })
    for (const finding of encoders(config, health)) tell(finding)
    for (const mount of health.mounts.filter((one) => one.feed !== 'off' && isPublic(config, one.mount)))
      tell(await listen(config.air.port, mount.mount))
  } else tell(await portFree('air', config.air.port))
  const house = await ask(config.house.port, '/healthz')
  if (house) {
    tell({ state: 'good', what: `the house answers on port ${config.house.port}` })
    tell(clock(house.date))
  } else tell(await portFree('the house', config.house.port))
  return worst
}

const isPublic = (config: LoadedConfig, path: string) =>
  config.mounts.find((mount) => mount.path === path)?.public === true

const disk = async ({ folder, mounts }: LoadedConfig): Promise<Finding> => {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  // 128 kb/s is a safe guess where a mount has not been heard yet.
  const needed = mounts.reduce((sum, mount) => sum + (mount.archive.keep / 1000) * 16_000, 0)
  const text = `${gigabytes(free)} free; an archive of this configuration grows to about ${gigabytes(needed)}`
  if (free < 1e9)
    return { state: 'bad', what: text, mend: 'Make room, or the archive stops within hours; the air goes on.' }
  return free < needed + DISK_CARE_BYTES
    ? { state: 'care', what: text, mend: 'Shorten archive.keep or make room.' }
    : { state: 'good', what: text }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

const encoders = (config: LoadedConfig, health: HealthReport): Finding[] => [
  ...health.mounts
    .filter((mount) => isPublic(config, mount.mount))
    .map((mount): Finding =>
      mount.feed === 'source'
        ? { state: 'good', what: `${mount.mount} has its encoder since ${mount.since} (${mount.codec})` }
        : {
            state: mount.up ? 'care' : 'bad',
            what: `${mount.mount} is fed by ${mount.feed}, since ${mount.since}`,
            mend: 'No encoder is connected: check its address, port, mount and password.',
          },
    ),
  ...health.troubles.map((trouble): Finding => ({
    state: 'care',
    what: `${trouble.mount} ${trouble.what}, since ${trouble.since}`,
  })),
]

/** Hears a stream for five seconds and says what came. */
const listen = (port: number, path: string): Promise<Finding> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    const done = () => resolve(judge(path, Buffer.concat(chunks)))
    const request = get({ host: 'localhost', port, path, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      setTimeout(() => request.destroy(), LISTEN_MS)
      response.once('close', done)
    })
    request.once('error', done)
  })

const judge = (path: string, heard: Buffer): Finding => {
  const framer = createFramer(path.endsWith('.mp3') ? 'mp3' : path.endsWith('.aac') ? 'aac' : 'ogg')
  const frames = framer.push(heard)
  const format = framer.format()
  if (!format)
    return {
      state: 'bad',
      what: `nothing that can be decoded was heard on ${path}`,
      mend: 'Look at the log of air for what its source sends.',
    }
  const seconds = frames.reduce((sum, frame) => sum + frame.samples, 0) / format.rate
  return {
    state: seconds > LISTEN_MS / 1000 - 1 ? 'good' : 'bad',
    what: `heard ${seconds.toFixed(1)} s of ${format.codec} on ${path} in ${LISTEN_MS / 1000} s`,
  }
}

const clock = (date: string | undefined): Finding => {
  const off = date ? Math.abs(Date.parse(date) - Date.now()) : 0
  return off > CLOCK_TOLERANCE_MS
    ? {
        state: 'care',
        what: `the clocks of this machine and the station differ by ${Math.round(off / 1000)} s`,
        mend: 'Let both follow NTP.',
      }
    : { state: 'good', what: `the clock says ${new Date().toISOString()}` }
}

const portFree = (who: string, port: number): Promise<Finding> =>
  new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve({
        state: 'bad',
        what: `port ${port} of ${who} belongs to another program`,
        mend: 'Stop that program or choose another port.',
      })
    })
    socket.once('error', () =>
      resolve({
        state: 'care',
        what: `${who} does not run; port ${port} is free`,
        mend: 'Start it with `groundwave serve DIR`.',
      }),
    )
  })

type Answer = { body: string; date: string | undefined }

const ask = (port: number, path: string): Promise<Answer | null> =>
  new Promise((resolve) => {
    const request = get({ host: 'localhost', port, path, agent: false, timeout: 3000 }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.once('end', () => resolve({ body, date: response.headers.date }))
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(null))
  })

const askHealth = async (port: number): Promise<HealthReport | null> => {
  const answer = await ask(port, '/healthz')
  try {
    const report = JSON.parse(answer?.body ?? 'null') as HealthReport | null
    return report && Array.isArray(report.mounts) ? report : null
  } catch {
    return null
  }
}
