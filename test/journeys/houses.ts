import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { systemClock as clock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { openPeople } from '../../src/people/people.ts'
import { openStore } from '../../src/store/store.ts'
import { freshDatabase } from '../world/postgres.ts'
import type { Program } from '../world/programs.ts'
import { waitFor } from '../world/wait.ts'
import { groundwave, makePlace, writeStation } from './program.ts'
import type { Place } from './program.ts'
import { ask } from './wire-world.ts'

// One or several houses of one station, each a process of its own, without the air.

/** The wire every story of these tests comes by. */
export const WIRE = { wire: 'live', token: 'open' }

export type House = { url: string; program: Program; place: Place; stop(): Promise<void> }

export type Houses = {
  folder: string
  /** What GROUNDWAVE_DATABASE is for them; null on SQLite. */
  database: string | null
  houses: House[]
  /** A key of an editor. */
  token: string
  /** Starts another one; `database` when it is to reach it by another way. */
  start(options?: { database?: string; more?: NodeJS.ProcessEnv }): Promise<House>
  stop(): Promise<void>
}

type Options = { engine: 'sqlite' | 'postgres'; count: number; more?: NodeJS.ProcessEnv }

/** A station's houses, ready to be asked. */
export const startHouses = async ({ engine, count, more = {} }: Options): Promise<Houses> => {
  const home = await makePlace()
  writeStation(home, {
    mounts: [{ path: '/live.mp3' }],
    wire: { [WIRE.wire]: { format: 'cds', token: WIRE.token, route: 'publish' } },
  })
  const database = engine === 'postgres' ? await freshDatabase() : null
  const token = await editorsKey(home.folder, database)
  const world: Houses = {
    folder: home.folder,
    database,
    houses: [],
    token,
    async start(options = {}) {
      const place = { ...(await makePlace()), folder: home.folder }
      const url = options.database ?? database
      const env = { ...more, ...options.more, ...(url !== null && { GROUNDWAVE_DATABASE: url }) }
      const program = groundwave(place, ['serve', home.folder, '--only', 'house'], env)
      const house = { url: place.house, program, place, stop: () => stop(program) }
      world.houses.push(house)
      await waitFor('the house answers', () => isUp(place.house, program), { ms: 30_000, about: program.output })
      return house
    },
    async stop() {
      await Promise.all(world.houses.map((house) => house.stop()))
    },
  }
  // In turn: the first brings the database up to the program.
  for (let n = 0; n < count; n++) await world.start()
  return world
}

const isUp = (url: string, program: Program): Promise<boolean> => {
  if (!program.running()) throw new Error(`It ended:\n${program.output()}`)
  return ask(`${url}/healthz`).then(
    ({ status }) => status === 200,
    () => false,
  )
}

const stop = async (program: Program): Promise<void> => {
  if (!program.running()) return
  // One that a test has stopped does not hear the other signal.
  process.kill(program.pid, 'SIGCONT')
  process.kill(program.pid, 'SIGTERM')
  const late = setTimeout(() => program.running() && process.kill(program.pid, 'SIGKILL'), 10_000)
  await program.exited
  clearTimeout(late)
}

const editorsKey = async (folder: string, url: string | null): Promise<string> => {
  const ids = createIds({ clock })
  const store = await openStore({ url, folder, clock, ids, log: silentLog })
  try {
    const people = openPeople({ store, clock, ids, random: randomBytes, secure: false })
    const { token } = await people.invite({ email: 'anna@radio.example', role: 'editor', by: 'cli' })
    await people.join({ token, name: 'Anna Berg', password: randomBytes(24).toString('base64url'), agent: 'a test' })
    const account = await people.byEmail('anna@radio.example')
    return (await people.makeToken({ accountId: account?.id ?? '', name: 'test', by: 'cli' })).token
  } finally {
    await store.stop()
  }
}

/** A way to a test's PostgreSQL that can be cut: what is open breaks, or hangs, and nothing new gets through. */
export const openLine = async (database: string) => {
  const folder = new URL(database).searchParams.get('host') ?? ''
  const pairs = new Set<[Socket, Socket]>()
  let state: 'whole' | 'cut' | 'hanging' = 'whole'
  const server = createServer((near) => {
    near.on('error', () => {})
    if (state === 'cut') return near.destroy()
    if (state === 'hanging') return
    const far = connect(`${folder}/.s.PGSQL.5432`)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    far.on('error', () => near.destroy())
    far.pipe(near)
    near.pipe(far)
    near.on('close', () => (far.destroy(), pairs.delete(pair)))
    far.on('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(database)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    /** Breaks every connection, and refuses new ones. */
    cut() {
      state = 'cut'
      for (const [near] of pairs) near.destroy()
    },
    /** Lets every byte vanish, without a word. */
    hang() {
      state = 'hanging'
      for (const [near, far] of pairs) {
        near.unpipe(far).pause()
        far.unpipe(near).pause()
      }
    },
    mend() {
      const was = state
      state = 'whole'
      // What hung is dead, and says so when the line stands again.
      if (was === 'hanging') for (const [near] of pairs) near.destroy()
    },
    stop() {
      for (const [near] of pairs) near.destroy()
      server.close()
    },
  }
}
