import { randomBytes } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { systemClock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { openDrafts } from '../../src/newsroom/drafts.ts'
import type { Drafts } from '../../src/newsroom/drafts.ts'
import { openNewsroom } from '../../src/newsroom/newsroom.ts'
import { openPeople } from '../../src/people/people.ts'
import type { Role } from '../../src/people/people.ts'
import { openStore } from '../../src/store/store.ts'
import { makePlace, serve, sideOf, writeStation } from './program.ts'
import type { Station } from './program.ts'
import { waitFor } from '../world/wait.ts'

// A station that is served for real, its people, and their windows.

const PASSWORD = 'slow ferry paper lanterns'

export type Person = { id: string; name: string; cookie: { name: string; value: string } }

export type NewsroomWorld = {
  station: Station
  house: string
  /** The station's database, seen from outside. */
  drafts: Pick<Drafts, 'versions' | 'copy' | 'content' | 'state'>
  hire(name: string, role: Role): Promise<Person>
  /** Everything anybody ever wrote of a story and the station has: all versions and all copies, as JSON. */
  everything(story: string): Promise<string>
  /** kill -9 of the house; resolves when it is back. */
  killHouse(): Promise<void>
  /** Asks as a person's browser does. */
  ask(person: Person, path: string, init?: RequestInit): Promise<Response>
  /** A new story of this person. @returns its id. */
  begin(person: Person): Promise<string>
  stop(): Promise<void>
}

export const startNewsroom = async (): Promise<NewsroomWorld> => {
  const place = await makePlace()
  writeStation(place, {
    station: { name: 'Journey Radio', zone: 'America/New_York' },
    mounts: [{ path: '/news.mp3' }],
    sections: [
      { id: 'news', name: 'News' },
      { id: 'music', name: 'Music' },
    ],
  })
  const station = await serve(place)
  const clock = systemClock
  const ids = createIds({ clock })
  const store = await openStore({ url: null, folder: place.folder, clock, ids, log: silentLog })
  const cost = { memory: 64, passes: 1, parallelism: 1 }
  const people = openPeople({ store, clock, ids, random: randomBytes, secure: false, cost })
  const newsroom = openNewsroom({ store, folder: place.folder, clock, ids })
  const drafts = openDrafts({ store, newsroom, clock })
  const { house } = place

  const ask: NewsroomWorld['ask'] = (person, path, init = {}) =>
    fetch(house + path, {
      redirect: 'manual',
      ...init,
      headers: {
        cookie: `${person.cookie.name}=${person.cookie.value}`,
        origin: house,
        ...(init.headers as Record<string, string> | undefined),
      },
    })

  return {
    station,
    house,
    drafts,
    async hire(name, role) {
      const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}x@journey.example`
      const { token } = await people.invite({ email, role, by: 'test' })
      const { account, cookie } = await people.join({ token, name, password: PASSWORD, agent: 'a journey' })
      return { id: account.id, name, cookie: { name: cookie.name, value: cookie.value } }
    },
    async everything(story) {
      const { revisions, copies } = await drafts.versions(story)
      const contents = await Promise.all(revisions.map(({ number }) => drafts.content(story, number)))
      return JSON.stringify([contents, copies.map(({ content }) => content)])
    },
    async killHouse() {
      const before = sideOf(station.program, 'house')
      process.kill(before, 'SIGKILL')
      await waitFor(
        'the house is back',
        async () => {
          const answer = await fetch(`${house}/healthz`).catch(() => null)
          return answer?.ok && sideOf(station.program, 'house') !== before
        },
        { ms: 30_000, about: () => station.program.output() },
      )
    },
    ask,
    async begin(person) {
      const answer = await ask(person, '/studio/stories', { method: 'POST', body: new URLSearchParams() })
      return answer.headers.get('location')?.split('/').at(-1) ?? ''
    },
    async stop() {
      await store.stop()
      await station.stop()
    },
  }
}

export type Window = {
  page: Page
  /** What the console, the page or its policy complained of. */
  complaints: string[]
  /** The line of the window is broken, or whole again. */
  offline: (is: boolean) => Promise<void>
  /** The window is gone, as when its process dies: no last word. */
  die: () => Promise<void>
  close: () => Promise<void>
}

/** A window of its own of a person's browser, at an address of the house. */
export const openWindow = async (
  browser: Browser,
  { house }: Pick<NewsroomWorld, 'house'>,
  { person, path, options = {} }: { person: Person; path: string; options?: BrowserContextOptions },
): Promise<Window> => {
  const context = await browser.newContext(options)
  await context.addCookies([{ ...person.cookie, url: house }])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    const said = message.text()
    // A house that is away is no fault of the page.
    if (message.type() === 'error' && !/net::ERR_|Failed to load resource/.test(said)) complaints.push(said)
  })
  page.on('pageerror', (error) => complaints.push(`threw: ${error.stack ?? error.message}`))
  await page.goto(house + path)
  return {
    page,
    complaints,
    offline: (is) => context.setOffline(is),
    async die() {
      await page.close({ runBeforeUnload: false })
      await context.close()
    },
    close: () => context.close(),
  }
}

/** The editor's page, as its writer sees it. */
export const editorOf = (page: Page) => {
  const part = (name: string) => page.locator(`[data-part="${name}"]`)
  return {
    headline: page.getByRole('textbox', { name: 'Headline', exact: true }),
    dek: page.getByRole('textbox', { name: 'Dek', exact: true }),
    body: page.getByRole('textbox', { name: 'Story', exact: true }),
    notice: part('notice'),
    faces: part('faces'),
    saved: part('saved'),
    /** Waits until this window may write. */
    mine: () => page.getByText('You are writing.').waitFor({ timeout: 20_000 }),
    /** Waits until the house has everything. */
    settled: () => page.locator('[data-part="saved"][data-state="saved"]').waitFor({ timeout: 30_000 }),
    unsaved: () => page.locator('[data-part="saved"][data-state="unsaved"]').waitFor({ timeout: 30_000 }),
    /** Types at the end of the text, as a person does. */
    type: async (text: string, { delay = 8 } = {}) => {
      await page.getByRole('textbox', { name: 'Story', exact: true }).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(text, { delay })
    },
  }
}
