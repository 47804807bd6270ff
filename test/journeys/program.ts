import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../world/ports.ts'
import { startProgram, type Program } from '../world/programs.ts'
import { sleep, waitFor } from '../world/wait.ts'

// The program as a person starts it: a command, its environment, what it says, and its end.

export const ROOT = join(import.meta.dirname, '../..')
const MAIN = join(ROOT, 'src/main.ts')

/** A folder and ports of a test's own. */
export type Place = { folder: string; housePort: number; airPort: number; house: string; air: string }

/** An empty folder, gone when the test process ends, and ports nobody has. */
export const makePlace = async (): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-journey-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const housePort = await freePorts(1)
  const airPort = await freePorts(2)
  return {
    folder,
    housePort,
    airPort,
    house: `http://localhost:${housePort}`,
    air: `http://localhost:${airPort}`,
  }
}

/** The environment of a fresh terminal, with the place's ports in it. */
export const environment = (place: Place, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  for (const name of Object.keys(env))
    if (/^(GROUNDWAVE_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|npm_)/.test(name)) delete env[name]
  return {
    ...env,
    GROUNDWAVE_HOUSE_PORT: String(place.housePort),
    GROUNDWAVE_AIR_PORT: String(place.airPort),
    ...more,
  }
}

/** `groundwave …` */
export const groundwave = (place: Place, args: string[], more: NodeJS.ProcessEnv = {}): Program =>
  startProgram(process.execPath, [MAIN, ...args], { cwd: place.folder, env: environment(place, more) })

/** Waits for words of a program; fails at once when it ends without them. */
export const said = (program: Program, words: RegExp, ms = 20_000): Promise<string> =>
  waitFor(
    `${program.name} says ${words}`,
    () => {
      const found = words.exec(program.output())
      if (!found && !program.running()) throw new Error(`It ended without saying ${words}:\n${program.output()}`)
      return found?.[0]
    },
    { ms, every: 10, about: program.output },
  )

/** Runs a command that ends by itself. */
export const command = async (
  place: Place,
  args: string[],
  ms = 20_000,
): Promise<{ code: number | null; said: string }> => {
  const program = groundwave(place, args)
  const late = setTimeout(() => process.kill(program.pid, 'SIGKILL'), ms)
  const code = await program.exited
  clearTimeout(late)
  await sleep(20)
  return { code, said: program.output() }
}

export type Station = {
  place: Place
  program: Program
  /** SIGTERM, and the time it may take. @returns exit code. */
  stop(): Promise<number | null>
}

const stationOf = (place: Place, program: Program): Station => ({
  place,
  program,
  async stop() {
    if (!program.running()) return program.exited
    process.kill(program.pid, 'SIGTERM')
    const late = setTimeout(() => program.running() && process.kill(program.pid, 'SIGKILL'), 15_000)
    const code = await program.exited
    clearTimeout(late)
    return code
  },
})

/** The demo station, on the air. */
export const startDemo = async (more: NodeJS.ProcessEnv = {}): Promise<Station> => {
  const place = await makePlace()
  const program = groundwave(place, ['demo'], { GROUNDWAVE_DATA: place.folder, ...more })
  await said(program, /^ready .*$[^]*Ctrl-C stops/m)
  return stationOf(place, program)
}

export const SOURCE_PASSWORD = 'of-the-journey'

/** Writes a station into the place. Mounts get a name and the password of the journeys. */
export const writeStation = (
  place: Place,
  { mounts, ...more }: { mounts: (Record<string, unknown> & { path: string })[]; [key: string]: unknown },
): void => {
  mkdirSync(place.folder, { recursive: true })
  const config = {
    station: { name: 'Journey Radio' },
    ...more,
    mounts: mounts.map((mount) => ({ name: `Test ${mount.path}`, source: { password: SOURCE_PASSWORD }, ...mount })),
  }
  // JSON is YAML.
  writeFileSync(join(place.folder, 'groundwave.yaml'), JSON.stringify(config, null, 2))
}

/** `serve` of what stands in the place. */
export const serve = async (place: Place): Promise<Station> => {
  const program = groundwave(place, ['serve', place.folder])
  await said(program, /^ready .*$/m)
  return stationOf(place, program)
}

/** Every process below this one, at any depth. */
export const descendants = (pid: number): { pid: number; args: string }[] => {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)
      return found ? [{ pid: Number(found[1]), parent: Number(found[2]), args: found[3] ?? '' }] : []
    })
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)])
  return below(pid)
}

/** The process of a station that serves this side. */
export const sideOf = (program: Program, side: 'air' | 'house'): number => {
  const found = descendants(program.pid).find(({ args }) => args.endsWith(`--only ${side}`))
  if (!found) throw new Error(`There is no process for ${side}.`)
  return found.pid
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
