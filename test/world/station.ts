import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from './wait.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')

export const SOURCE_PASSWORD = 'hackme'
export const ADMIN_PASSWORD = 'admin-of-tests'

export type StationOrder = {
  /** Paths, or paths with more keys of a mount. */
  mounts: (string | ({ path: string } & Record<string, unknown>))[]
  /** Keys of `air` beyond the tests' own. */
  air?: Record<string, unknown>
  /** Runs the whole `serve` (air and house under its supervisor) instead of air alone. */
  whole?: boolean
}

export type Station = {
  folder: string
  /** Where archive and journal stand. */
  data: string
  port: number
  housePort: number
  url: string
  /** Log lines so far, of all runs. */
  log(): string[]
  /** Waits for a log line; `from` is a line number to begin at. */
  logged(pattern: RegExp, options?: { ms?: number; from?: number }): Promise<string>
  start(): Promise<void>
  /** Clean stop. @returns exit code. */
  stop(): Promise<number | null>
  /** kill -9 of the process itself. */
  kill(): Promise<void>
  running(): boolean
  /** The process that serves the air: under `serve` it is the supervisor's child. */
  pid(): number
  /** Stops it and deletes the folder. */
  close(): Promise<void>
}

/** Writes a station's folder and picks its ports; nothing runs yet. */
export const makeStation = async ({ mounts, air = {}, whole = false }: StationOrder): Promise<Station> => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-station-'))
  const port = await freePair()
  const housePort = await freePair()
  const config = {
    station: { name: 'Interop Radio' },
    house: { host: '127.0.0.1', port: housePort },
    air: { host: '127.0.0.1', port, admin: { password: ADMIN_PASSWORD }, ...air },
    mounts: mounts.map((mount) => {
      const order = typeof mount === 'string' ? { path: mount } : mount
      return { name: `Test ${order.path}`, source: { password: SOURCE_PASSWORD }, ...order }
    }),
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'groundwave.yaml'), JSON.stringify(config, null, 2))
  return operate({ folder, port, housePort, whole })
}

const operate = ({
  folder,
  port,
  housePort,
  whole,
}: {
  folder: string
  port: number
  housePort: number
  whole: boolean
}): Station => {
  const lines: string[] = []
  let child: ChildProcess | null = null
  let gone: Promise<number | null> = Promise.resolve(null)

  const running = () => child !== null && child.exitCode === null && child.signalCode === null
  const start = async (): Promise<void> => {
    const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
    for (const name of ['GROUNDWAVE_AIR_PORT', 'GROUNDWAVE_HOUSE_PORT', 'GROUNDWAVE_DATA', 'NODE_OPTIONS'])
      delete env[name]
    const args = [MAIN, 'serve', folder, ...(whole ? [] : ['--only', 'air'])]
    const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    child = started
    let rest = ''
    const note = (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    }
    started.stdout.on('data', note)
    started.stderr.on('data', note)
    gone = new Promise((resolve) => {
      started.once('exit', (code) => resolve(code))
    })
    const ports = whole ? [port, housePort] : [port]
    const about = () => lines.slice(-20).join('\n')
    await waitFor(
      'the station starts',
      async () => started.exitCode !== null || (await Promise.all(ports.map(answers))).every(Boolean),
      { ms: 20_000, every: 20, about },
    )
    if (started.exitCode !== null) throw new Error(`The station did not start:\n${about()}`)
  }
  const stop = async (): Promise<number | null> => {
    if (!running()) return null
    child?.kill('SIGTERM')
    const timer = setTimeout(() => child?.kill('SIGKILL'), 12_000)
    const code = await gone
    clearTimeout(timer)
    return code
  }
  process.on('exit', () => child?.kill('SIGKILL'))

  return {
    folder,
    data: join(folder, 'data'),
    port,
    housePort,
    url: `http://127.0.0.1:${port}`,
    log: () => lines,
    logged: (pattern, { ms = 10_000, from = 0 } = {}) =>
      waitFor(`a log line like ${pattern}`, () => lines.slice(from).find((line) => pattern.test(line)), {
        ms,
        about: () => lines.slice(-20).join('\n'),
      }),
    start,
    stop,
    async kill() {
      child?.kill('SIGKILL')
      await gone
    },
    running,
    pid: () => child?.pid ?? 0,
    async close() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A station whose air is running. */
export const startStation = async (order: StationOrder): Promise<Station> => {
  const station = await makeStation(order)
  await station.start()
  return station
}

// Below the range that systems hand out by themselves, so that nobody's outgoing connection sits there.
export const freePair = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 6000) * 2
    // oxlint-disable-next-line no-await-in-loop -- the next pair is tried only if this one is taken
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
  throw new Error('There is no free pair of ports.')
}

const answers = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
  } catch {
    return false
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
