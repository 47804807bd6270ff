import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite } from 'node:test'
import * as fc from 'fast-check'
import { createIds } from '../../src/base/ids.ts'
import { standardLook } from '../../src/look/look.ts'
import { openNewsroom, type OpenNewsroom } from '../../src/newsroom/newsroom.ts'
import { bodyWith, ferryStory } from '../../src/newsroom/story.fixture.ts'
import type { StoryContent } from '../../src/newsroom/story.ts'
import { loadAssets } from '../../src/site/assets.ts'
import { createPageCache } from '../../src/site/page-cache.ts'
import { FRONT_ORDER, tagsOfChange } from '../../src/site/page-tags.ts'
import { createSite } from '../../src/site/site.ts'
import { onBothEngines } from '../world/postgres.ts'
import { fakeAir, fakeSchedule, fakeSpins } from './fakes.ts'
import { worldConfig } from './world.ts'

// Pages of the real newsroom, once kept and once made afresh: whatever editors do, a reader must not see the difference.

const ROOT = join(import.meta.dirname, '../..')
const NOON = Date.parse('2026-07-01T12:00:00Z')
const HOST = 'radio.example'

type World = {
  clock: { at: number; now(): number }
  newsroom: OpenNewsroom
  /** The order editors gave the front; telling of it is part of giving it. */
  place: (ids: string[]) => void
  publish: (content: Partial<StoryContent>) => Promise<{ id: string; path: string }>
  /** A page as readers get it, with its status. */
  ask: (path: string) => Promise<string>
  /** The same page made at this moment. */
  askAfresh: (path: string) => Promise<string>
  /** Whether the page is kept. */
  has: (path: string) => boolean
}

const withSite = (name: string, { related = true }: { related?: boolean }, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: NOON, now: () => clock.at }
    const ids = createIds({ clock })
    const store = await open({ clock })
    const newsroom = openNewsroom({ store, folder, clock, ids })
    const cache = createPageCache({ clock })
    let order: string[] | null = null
    const deps = {
      config: worldConfig,
      clock,
      air: fakeAir(worldConfig),
      schedule: fakeSchedule(worldConfig),
      newsroom: related ? newsroom : { ...newsroom, related: () => [] },
      placed: () => order,
      spins: fakeSpins,
      look: { current: () => standardLook, sheet: () => null },
      assets: loadAssets(join(ROOT, 'build/browser')),
      media: { pictures: folder, audio: folder },
    }
    const site = createSite({ ...deps, cache })
    newsroom.onChange((change) => cache.forget(tagsOfChange(change)))
    const textOf = async (one: ReturnType<typeof createSite>, path: string) => {
      const answer = await one.request(path, { headers: { host: HOST } })
      return `${answer.status} ${await answer.text()}`
    }
    await newsroom.start()
    try {
      await fn({
        clock,
        newsroom,
        place(ids) {
          order = ids
          cache.forget([FRONT_ORDER])
        },
        publish: (content) =>
          newsroom.change('ines', async (edit) => {
            const id = await edit.file({ ...ferryStory, ...content })
            return { id, path: await edit.publish(id) }
          }),
        ask: (path) => textOf(site, path),
        askAfresh: (path) => textOf(createSite({ ...deps, cache: createPageCache({ clock }) }), path),
        has: (path) => cache.ready(path, undefined, HOST) !== null,
      })
    } finally {
      await newsroom.stop()
    }
  })

const LISTS = `
  / /text /corrections /news /music /topics/ferries /topics/roads /authors/ines-haldorsen /authors/tom-arden
  /sitemap.xml /sitemap-news.xml /feeds/front.xml /feeds/front.json /feeds/section/music.atom
`
  .trim()
  .split(/\s+/)

const STEPS = 60

const WHO = { ines: [{ name: 'Ines Haldorsen', role: '' }], tom: [{ name: 'Tom Arden', role: '' }] }

/** What may be done to the n-th story there is. */
const step = fc.record({
  n: fc.nat(20),
  act: fc.constantFrom(
    'new',
    'new',
    'new',
    'revise',
    'correct',
    'kill',
    'down',
    'hold',
    'end',
    'later',
    'place',
    'wait',
  ),
  section: fc.constantFrom('news', 'music'),
  topics: fc.subarray(['Ferries', 'Roads']),
  by: fc.constantFrom(WHO.ines, WHO.tom),
  ms: fc.integer({ min: 1, max: 2_000 }),
})

suite('pages that are forgotten', () => {
  // Which stories are like one may change with any other, and is right again after a minute: that is left out here.
  withSite('after whatever was done, every kept page is what it would be now', { related: false }, async (world) => {
    const { clock, newsroom, ask, askAfresh } = world
    const stories: { id: string; path: string }[] = []
    const killed: string[] = []
    let words = 0
    const compare = async () => {
      for (const path of [...LISTS, ...stories.flatMap(({ path }) => [path, `/text${path}`])]) {
        const [kept, fresh] = [await ask(path), await askAfresh(path)]
        assert.deepEqual(linesOf(kept), linesOf(fresh), path)
        for (const word of killed) assert.ok(!kept.includes(word), `${path} has ${word}`)
      }
    }
    const once = async ({ n, act, section, topics, by, ms }: typeof step extends fc.Arbitrary<infer T> ? T : never) => {
      const word = `Quayword${words++}x`
      const content = { headline: `The ${word} stays`, section, topics, bylines: by, body: bodyWith(`Of ${word}.`) }
      const story = stories[n % Math.max(1, stories.length)]
      if (act === 'wait') clock.at += ms
      else if (act === 'place') world.place(stories.slice(n % 3, (n % 3) + 2).map(({ id }) => id))
      else if (act === 'new' || !story) stories.push(await world.publish(content))
      else if (act === 'kill') {
        killed.push(...(/Quayword\d+x/.exec(newsroom.card(story.id)?.headline ?? '') ?? []))
        await newsroom.kill('ines', story.id, { reason: 'a test' })
      } else if (!newsroom.isKilled(story.id))
        await newsroom.change('ines', async (edit) => {
          if (act === 'revise') await edit.revise(story.id, { ...ferryStory, ...content })
          if (act === 'revise' || act === 'end' || act === 'later')
            await edit.publish(story.id, {
              ...(act === 'end' && { until: clock.at + ms }),
              ...(act === 'later' && { from: clock.at + ms }),
            })
          if (act === 'correct') await edit.correct(story.id, { text: `It was ${word}.` })
          if (act === 'down') await edit.takeDown(story.id, 'a test')
          if (act === 'hold') await edit.hold(story.id, 'a test')
        })
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS, size: 'max' }), async (steps) => {
        for (const one of steps) {
          await once(one)
          await compare()
        }
      }),
      // One long day; cut short it would be another.
      { numRuns: 1, endOnFailure: true },
    )
  })

  withSite('a killed story stands nowhere, beside those like it neither', {}, async (world) => {
    const { clock, newsroom, publish, ask, has } = world
    const alike: { path: string; id: string }[] = []
    for (let n = 0; n < 4; n++) {
      const section = n % 2 ? 'music' : 'news'
      alike.push(await publish({ headline: `The lantern of quay ${n}`, section, body: bodyWith('A lantern, a quay.') }))
    }
    // So many newer ones that the others stand in no list of their own pages.
    clock.at += 1_000
    for (let n = 0; n < 24; n++)
      await publish({ headline: `Snow on road ${n}`, topics: ['Roads'], bylines: WHO.tom, body: bodyWith('Snow.') })
    await newsroom.indexed()
    const paths = [...LISTS, ...alike.map(({ path }) => path)]
    const [beside, ...more] = alike
    const killed = more.at(-1)
    assert.ok(beside && killed)
    const have = async () => {
      const found = []
      for (const path of paths) if ((await ask(path)).includes('of quay 3')) found.push(path)
      return found
    }
    const before = await have()
    assert.ok(before.includes(beside.path) && before.includes(killed.path), before.join(' '))
    await newsroom.kill('ines', killed.id, { reason: 'a test' })
    assert.deepEqual(before.filter(has), [])
    assert.deepEqual(await have(), [])
  })

  withSite('a page that shows none of what changed is kept', {}, async ({ clock, newsroom, publish, ask, has }) => {
    const stories: { id: string; path: string }[] = []
    for (let n = 0; n < 80; n++) {
      clock.at += 10
      const isMusic = n % 2 === 1
      stories.push(
        await publish({
          headline: `Number ${n}`,
          section: isMusic ? 'music' : 'news',
          topics: isMusic ? ['Roads'] : ['Ferries'],
          bylines: isMusic ? WHO.tom : WHO.ines,
        }),
      )
    }
    await newsroom.indexed()
    const [old, , , another] = stories
    assert.ok(old && another)
    const paths = [...LISTS, old.path, another.path, `/text${another.path}`]
    for (const path of paths) await ask(path)
    assert.deepEqual(
      paths.filter((path) => !has(path)),
      [],
    )

    await newsroom.change('ines', (edit) => edit.correct(old.id, { text: 'It was number nought.' }))
    assert.deepEqual(
      paths.filter((path) => !has(path)).toSorted(),
      sorted('/corrections /news /topics/ferries /authors/ines-haldorsen /sitemap.xml /sitemap-news.xml', old.path),
    )

    for (const path of paths) await ask(path)
    await publish({ headline: 'New', section: 'music', topics: ['Roads'], bylines: WHO.tom })
    assert.deepEqual(
      paths.filter(has).toSorted(),
      sorted('/authors/ines-haldorsen /corrections /news /topics/ferries', `/text${another.path}`),
    )
  })
})

const sorted = (paths: string, ...more: string[]): string[] => [...paths.split(' '), ...more].toSorted()

/** What a page says, but for how far the programme is: around its main part, and where the needle stands. */
const linesOf = (page: string): string[] =>
  page
    .replace(/^(\d+) [\s\S]*<main/, '$1 <main')
    .replace(/<\/main>[\s\S]*/, '')
    .replaceAll(/<path class="(kept|played|needle)"[^>]*>/g, '')
    .split('\n')
