import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { systemClock } from '../../src/base/clock.ts'
import type { Clock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { openStore } from '../../src/store/store.ts'
import type { EngineName, Store, StoreDeps } from '../../src/store/store.ts'

/** A station's database of one test, on one engine. */
export type TestWorld = {
  engine: EngineName
  /** What GROUNDWAVE_DATABASE would be; null on SQLite. */
  url: string | null
  /** The station's folder, empty at first. */
  folder: string
  /** Each call is another house on the same database. Stopped when the test ends. */
  open: (deps?: Partial<StoreDeps>) => Promise<Store>
  /** A fresh database and folder of the same engine, or of the other. */
  another: (engine?: EngineName) => Promise<{ url: string | null; folder: string }>
}

/** Runs one test twice: on SQLite, and on a real PostgreSQL. Where there is none that half is skipped by name. */
export const onBothEngines = (name: string, fn: (world: TestWorld) => Promise<void>): void => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    const missing = engine === 'postgres' && !binaries()
    if (missing && process.env['CI'] === 'true')
      test(`${name} (postgres)`, () => Promise.reject(new Error('PostgreSQL is not installed')))
    else test(`${name} (${engine})`, { skip: missing ? 'PostgreSQL is not installed' : false }, () => runOn(engine, fn))
  }
}

const runOn = async (engine: EngineName, fn: (world: TestWorld) => Promise<void>): Promise<void> => {
  const stores: Store[] = []
  const folders: string[] = []
  const fresh = async (on: EngineName) => {
    const folder = mkdtempSync(join(tmpdir(), 'groundwave-store-'))
    folders.push(folder)
    return { url: on === 'postgres' ? await freshDatabase() : null, folder }
  }
  const { url, folder } = await fresh(engine)
  const open = async (deps: Partial<StoreDeps> = {}) => {
    const clock: Clock = deps.clock ?? systemClock
    const store = await openStore({ url, folder, clock, ids: createIds({ clock }), log: silentLog, ...deps })
    stores.push(store)
    return store
  }
  try {
    await fn({ engine, url, folder, open, another: (other = engine) => fresh(other) })
  } finally {
    await Promise.allSettled(stores.map((store) => store.stop()))
    for (const one of folders) rmSync(one, { recursive: true, force: true })
  }
}

/** Folder of initdb and postgres, the newest there is. */
const binaries = (): string | null => {
  const usual = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => version(b) - version(a))
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...usual]
  return places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres'))) ?? null
}
const version = (path: string) => Number(/postgresql\/([\d.]+)/.exec(path)?.[1] ?? 0)

type Server = { folder: string; process: ChildProcess }
let server: Promise<Server> | undefined
let databases = 0
// Here and not where it is started: there it would belong to the one test that started it.
// Outside of tests the server ends with this process.
if (process.env['NODE_TEST_CONTEXT']) after(async () => server && stopServer(await server))

/** An empty database on this process's server, which is started by the first call. @returns its address. */
export const freshDatabase = async (): Promise<string> => {
  server ??= startServer()
  const { folder } = await server
  const name = `test_${++databases}`
  const client = new pg.Client({ connectionString: address(folder, 'postgres') })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return address(folder, name)
}

const address = (folder: string, name: string) => `postgres://groundwave@localhost/${name}?host=${folder}`

const startServer = async (): Promise<Server> => {
  const bin = binaries()
  if (!bin) throw new Error('PostgreSQL is not installed')
  // PostgreSQL refuses to run as root, which is who builds in containers are.
  const user = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {}
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-pg-'))
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } }
  const args = ['-D', data, '-U', 'groundwave', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8']
  const made = spawnSync(join(bin, 'initdb'), args, { ...options, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  // The shell outlives us by a moment: however this process ends, its end of the pipe closes, and the server is stopped.
  // Without fsync, because what is killed in tests is the house and never the machine.
  const script = `"$1" -D "$2" -k "$3" -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200 >"$3/log" 2>&1 &
    pid=$!; cat >/dev/null; kill -INT $pid; wait $pid; cd /; rm -rf "$3"`
  const shell = spawn('sh', ['-c', script, 'sh', join(bin, 'postgres'), data, folder], {
    ...options,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.unref()
  ;(shell.stdin as { unref?(): void } | null)?.unref?.()
  await untilItAnswers(folder)
  return { folder, process: shell }
}

const stopServer = async ({ folder, process: shell }: Server): Promise<void> => {
  shell.ref()
  const gone = new Promise((done) => shell.once('exit', done))
  shell.stdin?.end()
  await gone
  rmSync(folder, { recursive: true, force: true })
}

const id = (flag: '-u' | '-g') => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)

const untilItAnswers = async (folder: string): Promise<void> => {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: address(folder, 'postgres') })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (tries === 200) throw error
      await sleep(50)
    }
  }
}
