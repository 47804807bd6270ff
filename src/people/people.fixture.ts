import { randomBytes } from 'node:crypto'
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { openPeople } from './people.ts'
import type { PeopleDeps, Role } from './people.ts'
import type { Store, StoreDeps } from '../store/store.ts'

/** Long enough for the rules, and the same for all. */
export const PASSWORD = 'slow ferry paper lanterns'
export const AGENT = 'Netscape'
export const MINUTE = 60_000
export const DAY = 86_400_000

/** What people need, with hashing that takes no time. */
export const depsWith = (store: Store, clock = systemClock): PeopleDeps => {
  const cost = { memory: 64, passes: 1, parallelism: 1 }
  return { store, clock, ids: createIds({ clock }), random: randomBytes, secure: true, cost }
}

/** A station's people with a clock one can turn, and one admin, Rosalind. */
export const staff = async (open: (deps?: Partial<StoreDeps>) => Promise<Store>) => {
  let now = Date.UTC(2026, 4, 1, 12)
  const clock = { now: () => now }
  const store = await open({ clock })
  const deps = depsWith(store, clock)
  const people = openPeople(deps)
  const first = await people.firstAdminLink()
  const admin = await people.join({
    token: first?.token ?? '',
    name: 'Rosalind Achterberg',
    email: 'Rosalind@Ferry.example',
    password: PASSWORD,
    agent: AGENT,
  })
  const hire = async (name: string, role: Role) => {
    const { token } = await people.invite({ email: `${name}@ferry.example`, role, by: admin.account.id })
    return people.join({ token, name, password: PASSWORD, agent: AGENT })
  }
  const signIn = (email: string, password = PASSWORD, address = '192.0.2.1') =>
    people.signIn({ email, password, address, agent: AGENT })
  return { store, people, admin, hire, signIn, deps, turn: (ms: number) => (now += ms) }
}

/** Types of all events, in their order. */
export const told = async (store: Store): Promise<string[]> =>
  (await store.events.since(0, 1000)).map(({ type }) => type)
