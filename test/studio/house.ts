import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { loadConfig } from '../../src/config/load.ts'
import { openPeople } from '../../src/people/people.ts'
import type { People, Role, StartedSession } from '../../src/people/people.ts'
import { createHousePart } from '../../src/station/house-station.ts'
import type { StudioRoute } from '../../src/studio/door.ts'
import { openStore } from '../../src/store/store.ts'
import type { Store } from '../../src/store/store.ts'

/** The password of everybody in these tests. */
export const PASSWORD = 'slow ferry paper lanterns'

/** A real house in this process, without an air, in a folder of its own; and its people, hired beside it. */
export type House = {
  url: string
  folder: string
  store: Store
  people: People
  /** Every screen and deed of the studio, as registered. */
  routes: readonly StudioRoute[]
  /** Makes somebody of this role and signs them in. */
  hire(name: string, role: Role): Promise<Hired>
  stop(): Promise<void>
}

export type Hired = StartedSession & {
  /** For `cookie:` of a request, and for Chromium. */
  header: string
  /** A request of this person from a page of the studio; redirects are not followed. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Orders something of the API at `/api/v1/stories…`, by a key of this person's. Fails when it is refused. */
  order(path: string, body: object): Promise<{ id: string }>
  /** Posts a form of the studio. */
  post(path: string, fields?: Record<string, string>): Promise<Response>
}

export const startHouse = async (more: Record<string, unknown> = {}): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-studio-'))
  const config = {
    station: { name: 'Oxbow Public Radio', zone: 'America/New_York' },
    house: { host: '127.0.0.1', port: 0 },
    air: { port: 1 },
    mounts: [{ path: '/news.mp3', name: 'Oxbow News', source: { password: 'of-the-studio' } }],
    sections: [
      { id: 'news', name: 'News' },
      { id: 'music', name: 'Music' },
    ],
    ...more,
  }
  // JSON is YAML.
  writeFileSync(join(folder, 'groundwave.yaml'), JSON.stringify(config))
  const loaded = loadConfig(folder, {})
  const part = createHousePart(loaded)
  const port = await quietly(() => part.start())
  const clock = systemClock
  const ids = createIds({ clock })
  const store = await openStore({ url: loaded.database, folder, clock, ids, log: silentLog })
  const cost = { memory: 64, passes: 1, parallelism: 1 }
  const people = openPeople({ store, clock, ids, random: randomBytes, secure: false, cost })
  const url = `http://localhost:${port}`
  return {
    url,
    folder,
    store,
    people,
    routes: part.studioRoutes(),
    async hire(name, role) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@oxbow.example`
      const { token } = await people.invite({ email, role, by: 'test' })
      const session = await people.join({ token, name, password: PASSWORD, agent: 'a test' })
      return hiredOf({ url, people }, session)
    },
    async stop() {
      await store.stop()
      await part.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const hiredOf = ({ url, people }: Pick<House, 'url' | 'people'>, session: StartedSession): Hired => {
  const header = `${session.cookie.name}=${session.cookie.value}`
  const ask: Hired['ask'] = (path, init = {}) =>
    fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie: header, origin: url, ...(init.headers as Record<string, string> | undefined) },
    })
  return {
    ...session,
    header,
    ask,
    async order(path, body) {
      const { token } = await people.makeToken({ accountId: session.account.id, name: 'test', by: 'test' })
      const answer = await fetch(`${url}/api/v1/stories${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as { id: string }
    },
    post: (path, fields = {}) => ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

/** The house prints the way in for its first admin; a test's output is no place for it. */
const quietly = async <T>(fn: () => Promise<T>): Promise<T> => {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = (chunk: string | Uint8Array) => String(chunk).startsWith('studio:') || write(chunk)
  try {
    return await fn()
  } finally {
    process.stdout.write = write
  }
}
