import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { systemClock } from '../../src/base/clock.ts'
import { createIds } from '../../src/base/ids.ts'
import { silentLog } from '../../src/base/log.ts'
import { openPeople } from '../../src/people/people.ts'
import type { Role } from '../../src/people/people.ts'
import { cdsDeletion, cdsStory } from '../../src/wire/cds.fixture.ts'
import { openStore } from '../../src/store/store.ts'

// A day in the newsroom of the demo station, brought in by the doors that people and agencies use.

/** The same for everybody at the fictional station. */
export const PASSWORD = 'four ferries in a row'

export type Colleague = { name: string; email: string; role: Role; token: string }

const staff: [name: string, role: Role][] = [
  ['Rosalind Quarles', 'editor'],
  ['Verity Sandoval', 'admin'],
  ['Ines Haldorsen', 'reporter'],
  ['Theo Abara', 'reporter'],
  ['Ruth Vantongeren', 'editor'],
  ['Sam Tillery', 'host'],
  ['Desmond Okafor', 'engineer'],
]

/** Gives the station its people, each with a key for programs. `folder` is the running station's. */
export const hireStaff = async (folder: string): Promise<Colleague[]> => {
  const clock = systemClock
  const deps = { clock, ids: createIds({ clock }), log: silentLog }
  const store = await openStore({ ...deps, url: process.env['GROUNDWAVE_DATABASE'], folder })
  try {
    const people = openPeople({ ...deps, store, random: randomBytes, secure: false })
    const hired: Colleague[] = []
    for (const [name, role] of staff) {
      const email = `${name.split(' ')[0]?.toLowerCase()}@oxbow.example`
      const known = await people.byEmail(email)
      const agent = 'a day at the station'
      if (known) {
        const { token } = await people.resetLink({ email, by: 'cli' })
        await people.reset({ token, password: PASSWORD, agent })
      } else {
        const { token } = await people.invite({ email, role, by: 'cli' })
        await people.join({ token, name, password: PASSWORD, agent })
      }
      const account = await people.byEmail(email)
      const { token } = await people.makeToken({ accountId: account?.id ?? '', name: 'Day', by: 'cli' })
      hired.push({ name, email, role, token })
    }
    return hired
  } finally {
    await store.stop()
  }
}

/** One of the demo's drawings as a camera would give it: a JPEG with caption and photographer in it. */
export const photograph = (
  folder: string,
  file: string,
  { caption = '', photographer = '', copyright = '' }: { caption?: string; photographer?: string; copyright?: string },
): Promise<Buffer> =>
  sharp(join(folder, 'pictures', file), { density: 150 })
    .resize(2400, 1600, { fit: 'cover' })
    .flatten({ background: '#f4ead8' })
    .withExif({
      IFD0: {
        ...(caption && { ImageDescription: caption }),
        ...(photographer && { Artist: photographer }),
        ...(copyright && { Copyright: copyright }),
      },
    })
    .jpeg({ quality: 86 })
    .toBuffer()

/** The cookie of somebody who has signed in, as their browser would send it. */
export const signIn = async (house: string, { email }: Pick<Colleague, 'email'>): Promise<string> => {
  const answer = await fetch(`${house}/studio/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: house, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password: PASSWORD }),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`${email} could not sign in: ${answer.status}`)
  return cookie
}

const post = async (
  url: string,
  { token, json }: { token: string; json: unknown },
): Promise<Record<string, string>> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as Record<string, string>
}

const HOUR = 3_600_000
const inHours = (hours: number) => new Date(Math.ceil((Date.now() + hours * HOUR) / HOUR) * HOUR).toISOString()

type Line = string | { quote: string; speaker: string }
type Draft = { by: string; slug: string; section: string; headline: string; dek?: string; text: Line[] }

const drafts: Draft[] = [
  {
    by: 'Rosalind',
    slug: 'mill-bottom-siren',
    section: 'county',
    headline: 'Mill Bottom asks for one thing: a siren',
    dek: 'The street has 41 houses, six boats and a telephone list. The county would like to buy it. The street would like to be asked.',
    text: [
      'The siren on the feed mill was taken down in 2009, so when the Merrow comes up over Mill Bottom the street is woken by telephone. Mrs. Pell at number 3 calls two houses. Those two call two each. It takes eleven minutes.',
      '“The county has an app,” said Harold Pell, who is 81 and has been flooded out eight times. “The app came four hours after the water.”',
      { quote: 'We are not stubborn. We are practised.', speaker: 'Winifred Pell, number 3, Mill Bottom' },
      'On Tuesday the county offered to buy all 41 houses at their value before the last flood. The offer is open until June. By Thursday morning one family had taken it, and the rest had called a meeting.',
      'It was held in the feed mill, because the feed mill is dry. Thirty-four people came. They voted on nothing. They agreed to paint each house number on its own boat, and to ask the county for a siren.',
      '“Just the siren,” said Mrs. Pell. “We’ll do the rest.”',
    ],
  },
  {
    by: 'Sam',
    slug: 'flood-watch-merrow',
    section: 'news',
    headline: 'Flood watch for the lower Merrow until Friday, 9 am',
    text: ['The county has a flood watch for the lower Merrow. Mill Bottom and River Road may close after dark.'],
  },
  {
    by: 'Theo',
    slug: 'budget-water',
    section: 'county',
    headline: 'What the water line in the budget would pay for',
    dek: 'Eleven miles of pipe, two pumps, and a clerk to read the meters.',
    text: ['The line is the longest in the county’s budget, and the oldest pipe in it was laid in 1931.'],
  },
  {
    by: 'Ruth',
    slug: 'quarry-records',
    section: 'county',
    headline: 'The quarry’s other set of books',
    text: ['Two ledgers were kept at Harl Quarry. One of them was shown to the county.'],
  },
  {
    by: 'Ruth',
    slug: 'bridge-roads-tonight',
    section: 'news',
    headline: 'Which way home tonight: eight roads, hour by hour',
    text: ['River Road opens at seven. The others follow as the crews come off the bridge.'],
  },
  {
    by: 'Ines',
    slug: 'ferry-hearing',
    section: 'county',
    headline: 'Ferry hearing moved to the capital',
    text: ['The hearing on the ferry will be held in the capital and not at Harl.'],
  },
]

/**
 * What the desk looks like in the afternoon: a draft, one that goes at seven, an embargo, one that is held, one that
 * was killed. @returns the ids by slug.
 */
export const fillDesk = async (house: string, staff: readonly Colleague[]): Promise<Record<string, string>> => {
  const of = (first: string) => staff.find(({ name }) => name.startsWith(first))!
  const ids: Record<string, string> = {}
  for (const { by, text, ...story } of drafts) {
    const { name, token } = of(by)
    const body = text.map((line) =>
      typeof line === 'string'
        ? { type: 'paragraph', text: line }
        : { type: 'quotation', text: line.quote, speaker: line.speaker },
    )
    const json = { ...story, bylines: [{ name, role: 'Reporter, Tamsin Falls' }], body }
    ids[story.slug] = (await post(`${house}/api/v1/stories`, { token, json }))['id']!
  }
  const editor = of('Rosalind')
  const act = (slug: string, deed: string, json: unknown = {}) =>
    post(`${house}/api/v1/stories/${ids[slug]}/${deed}`, { token: editor.token, json })
  await act('bridge-roads-tonight', 'publish', { at: inHours(3) })
  await act('budget-water', 'embargo', { until: inHours(20) })
  await act('budget-water', 'publish')
  await act('quarry-records', 'hold', { reason: 'The second ledger is not confirmed yet.' })
  await act('ferry-hearing', 'publish')
  await act('ferry-hearing', 'kill', { reason: 'The agency recalled it: the hearing has not moved.' })
  return ids
}

const pushed: { id: string; title: string; minutesAgo: number; text?: string }[] = [
  { id: 'lakes-301', title: 'Dam operator keeps the second gate open overnight', minutesAgo: 6 },
  {
    id: 'lakes-288',
    title: 'County sets a limit on the offer for Mill Bottom',
    minutesAgo: 22,
    text: 'The offer is open until June.',
  },
  { id: 'lakes-274', title: 'Milk board puts off its vote for a fourth time', minutesAgo: 64 },
  { id: 'lakes-251', title: 'Rail cars of salt sold to three counties', minutesAgo: 130 },
  { id: 'lakes-207', title: 'Lake ports agree on one timetable, and on one clock', minutesAgo: 190 },
]

const sendWire = async (house: string, body: string): Promise<{ storyId?: string }> => {
  const headers = { authorization: 'Bearer demo', 'content-type': 'application/json' }
  const answer = await fetch(`${house}/api/v1/wire/demo-wire`, { method: 'POST', headers, body })
  if (answer.status !== 201) throw new Error(`The wire was answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as { storyId?: string }
}

const wireStory = ({ id, title, minutesAgo, text }: (typeof pushed)[number]): string => {
  const at = new Date(Date.now() - minutesAgo * 60_000).toISOString()
  const words = text && { 'as-text1': wireText(text) }
  const webPages = [{ href: `https://lakesnews.example/${id}`, rels: ['canonical'] }]
  return cdsStory({
    id,
    title,
    modified: at,
    more: { publishDateTime: at, owners: [], webPages },
    assets: { ...words },
  })
}
const wireText = (text: string) => ({
  id: 'as-text1',
  profiles: [{ href: '/v1/profiles/text', rels: ['type'] }],
  text,
})

/**
 * What the wire has brought: stories that follow their source, one that a person has changed and whose update waits,
 * one that was recalled, one that could not be read. @returns the id of the story whose update waits.
 */
export const fillWire = async (house: string, staff: readonly Colleague[]): Promise<string> => {
  let waiting = ''
  for (const one of pushed.toReversed()) {
    const { storyId = '' } = await sendWire(house, wireStory(one))
    if (one.text) waiting = storyId
  }
  const editor = staff.find(({ role }) => role === 'editor')!
  await post(`${house}/api/v1/stories/${waiting}/correct`, {
    token: editor.token,
    json: {
      text: 'An earlier version named the wrong street.',
      headline: 'County sets a limit on its offer for Mill Bottom',
    },
  })
  const update = {
    ...pushed[1]!,
    minutesAgo: 3,
    text: 'The offer is open until May 15, the county said, after which the money goes back to the state.',
  }
  await sendWire(house, wireStory(update))
  await sendWire(house, wireStory({ id: 'lakes-199', title: 'Ferry hearing moved to the capital', minutesAgo: 400 }))
  await sendWire(house, cdsDeletion('lakes-199'))
  await sendWire(house, '{"resources":[{"title":"A story without an id"')
  return waiting
}
