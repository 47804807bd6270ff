import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyName } from '../../src/library/copies.ts'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'
import { WIRE } from './houses.ts'
import type { House } from './houses.ts'
import { ask, companionStory, ferries, push, untilFound } from './wire-world.ts'

// Clients who ask for everything without a pause, while stories are taken back, and who tell what they should not have got.

export const CLIENTS = 64
/** How many stories are on their way from publication to the end at a time. */
const AT_ONCE = 5
/** How long the clients have a story before it is taken back, ms. */
const SHOWN_MS = 60
/** How many of those taken back last are still asked for by their own addresses. */
const GONE_ASKED = 24

const WORD = /Zanzibarra\d+x/g

/** Every so many stories are taken back only after their photo has come. */
const WITH_PHOTO = 10

// Counts on from one crowd to the next: ids and words must be new to the station.
let number = 0

/** One of so many is left until it can stand beside others; then the page beside which it stands is made anew. */
const BESIDE = 8

/** Where a list may show a story; those that the station does not have are left out. */
const LISTS = [
  '/',
  '/news',
  '/topics/ferries',
  '/text',
  '/corrections',
  '/search?q=ferry',
  '/api/v1/stories',
  '/feeds/front.xml',
  '/feeds/front.atom',
  '/feeds/front.json',
  '/feeds/section/news.xml',
  '/sitemap.xml',
  '/sitemap-news.xml',
]

export type Story = { id: string; url: string; word: string }

export type Hammer = {
  /** Takes `count` stories back by `takeBack`, each after it was shown, while the clients ask. */
  run(count: number, takeBack: TakeBack): Promise<void>
  /** Fails when a client got what it should not have, or when the clients were not where the stories were. */
  check(options?: { everywhere?: boolean }): void
  /** How long each order took, ms. */
  waits: readonly number[]
  /** For people: how much was asked, and how long orders took. */
  said(): string
}

/** Takes a story back. @returns the moment from which on nobody is given it, as `Date.now()` tells it. */
export type TakeBack = (story: Story, house: string) => Promise<number>

type Current = Story & { paths: string[]; photo: string | null; photoSeen: boolean; goneAt: number }

/** @param status what a story's address answers when it is gone. */
export const hammer = async (
  houses: readonly House[],
  { pictures, status }: { pictures: string; status: number },
): Promise<Hammer> => {
  const urls = houses.map(({ url }) => url)
  const first = urls[0] ?? ''
  const companion = await push(first, companionStory(number), WIRE)
  const { pathname } = new URL(companion.storyUrl)
  const lists = [pathname, `/text${pathname}`]
  for (const path of LISTS) if ((await ask(first + path)).status === 200) lists.push(path)

  const goneAt = new Map<string, number>()
  const alive = new Set<Current>()
  const gone: Current[] = []
  const leaks = new Set<string>()
  const shown = new Set<string>()
  const waits: number[] = []
  let asked = 0

  const look = async (url: string, path: string, story: Current | null) => {
    const began = Date.now()
    const answer = await ask(url + path)
    asked++
    for (const word of new Set(answer.body.match(WORD))) {
      const gone = goneAt.get(word)
      if (gone !== undefined && began >= gone) leaks.add(`${path} tells of ${word}, ${began - gone} ms after`)
      shown.add(kindOf(path))
    }
    if (story && path === story.photo && answer.status === 200) {
      if (began >= story.goneAt) leaks.add(`the photo of ${story.word} is given out`)
      story.photoSeen = true
      shown.add('photo')
    }
  }

  const client = async (n: number, isOver: () => boolean) => {
    for (let i = n; !isOver(); i++) {
      const url = urls[i % urls.length] ?? ''
      // A list, then something of one story, and so on.
      const some = i % 4 === 1 ? [...alive] : gone
      const story = i % 2 ? some[Math.floor(Math.random() * some.length)] : undefined
      const path = story?.paths[Math.floor(Math.random() * story.paths.length)]
      await (story && path ? look(url, path, story) : look(url, lists[(i >> 1) % lists.length] ?? '/', null))
    }
  }

  const one = async (takeBack: TakeBack) => {
    const n = number++
    const word = `Zanzibarra${n}x`
    const house = urls[n % urls.length] ?? ''
    const hasPhoto = n % WITH_PHOTO === 0
    const ofThis = `${pictures}/${hasPhoto ? n : 'shared'}`
    const body = cdsStory({ id: `lakes-k-${n}`, title: `The ferry ${word}`, more: ferries, pictures: ofThis })
    const { storyId, storyUrl } = await push(house, body, WIRE)
    const { pathname } = new URL(storyUrl)
    const story: Current = {
      id: storyId,
      url: storyUrl,
      word,
      goneAt: Number.POSITIVE_INFINITY,
      photo: null,
      photoSeen: false,
      paths: [
        pathname,
        `/text${pathname}`,
        `/api/v1/stories/${storyId}`,
        `/oembed?url=${encodeURIComponent(house + pathname)}`,
      ],
    }
    alive.add(story)
    if (n % BESIDE === 0) {
      await untilFound(house, word)
      await push(house, companionStory(number), WIRE)
    }
    await sleep(SHOWN_MS)
    if (hasPhoto) {
      const photo = `/pictures/${copyName(`${ofThis}/ferry.png`)}`
      await waitFor('its photo has come', async () => (await ask(house + photo)).status === 200, { ms: 60_000 })
      story.photo = photo
      story.paths.push(story.photo)
      await waitFor('a client has it', () => story.photoSeen, { ms: 60_000, every: 5 })
    }
    const ordered = performance.now()
    const at = await takeBack(story, house)
    waits.push(performance.now() - ordered)
    goneAt.set(word, at)
    story.goneAt = at
    // A timer may fire up to a millisecond before its time, and until then the story is public by right.
    while (Date.now() < at) await sleep(at - Date.now()) // oxlint-disable-line no-await-in-loop -- once, or once more
    for (const url of urls) assert.equal((await ask(url + pathname)).status, status)
    alive.delete(story)
    gone.push(story)
    if (gone.length > GONE_ASKED) gone.shift()
  }

  return {
    async run(count, takeBack) {
      let left = count
      let isOver = false
      const clients = Array.from({ length: CLIENTS }, (_, n) => client(n, () => isOver))
      const lane = async () => {
        while (left-- > 0) await one(takeBack)
      }
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, lane))
      } finally {
        isOver = true
        await Promise.all(clients)
      }
    },
    check({ everywhere = true } = {}) {
      assert.deepEqual([...leaks], [])
      if (!everywhere) return
      assert.ok(asked > 1_000, `${asked} requests`)
      const never = [...lists.filter((path) => !SILENT.test(path)), 'page', 'photo', 'API'].filter(
        (path) => !shown.has(kindOf(path)),
      )
      assert.deepEqual(never, [], 'the clients were where the stories were')
    },
    waits,
    said() {
      const sorted = waits.toSorted((a, b) => a - b)
      const share = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0)
      return `${asked} requests; an order took ${share(0.5)} ms (median), ${share(0.99)} ms (p99)`
    },
  }
}

/** Lists in which these stories do not stand: corrections of others, and what is not ours. */
const SILENT = /^\/(corrections|sitemap-news\.xml|sitemap\.xml|text\/)/

const kindOf = (path: string): string => {
  if (/^\/news\/.*k-?\d*|^\/news\/\d{4}.*zanzibarra/.test(path)) return 'page'
  if (path.startsWith('/api/v1/stories/')) return 'API'
  return path
}
