import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import type { Store } from '../store/store.ts'
import { openDesk } from './desk.ts'
import type { Desk, DeskView } from './desk.ts'
import { openDrafts } from './drafts.ts'
import { openNewsroom } from './newsroom.ts'
import type { OpenNewsroom } from './newsroom.ts'
import { ferryPhoto, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

const HOUR = 3_600_000

type World = {
  desk: Desk
  newsroom: OpenNewsroom
  store: Store
  clock: { at: number; now(): number }
  file: (by: string, story?: Partial<StoryContent>) => Promise<string>
  /** Slugs of a view, in its order. */
  slugs: (view: DeskView, find?: string) => Promise<string[]>
}

const withDesk = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const store = await open({ clock })
    const newsroom = openNewsroom({ store, folder, clock, ids: createIds({ clock }) })
    await newsroom.start()
    const desk = openDesk({ store, clock, log: silentLog })
    const file = async (by: string, story: Partial<StoryContent> = {}) => {
      clock.at += 1000
      return newsroom.change(by, (edit) => edit.file({ ...ferryStory, ...story }))
    }
    const slugs = async (view: DeskView, find = '') =>
      (await desk.page({ view, by: 'ines', find })).rows.map(({ slug }) => slug)
    try {
      await fn({ desk, newsroom, store, clock, file, slugs })
    } finally {
      await desk.stop()
      await newsroom.stop()
    }
  })

suite('the desk', () => {
  withDesk(
    'each story is in the view of its state, and counted there',
    async ({ desk, newsroom, clock, file, slugs }) => {
      const of = async (slug: string, by = 'ines') => file(by, { slug })
      await of('a-draft')
      const [planned, shown, held, embargoed] = [
        await of('planned'),
        await of('shown'),
        await of('held'),
        await of('waits'),
      ]
      const [killed, spiked, down, over] = [
        await of('killed'),
        await of('spiked'),
        await of('down', 'theo'),
        await of('over'),
      ]
      await newsroom.change('ines', async (edit) => {
        await edit.publish(planned, { from: clock.at + HOUR })
        for (const id of [shown, killed, down, embargoed]) await edit.publish(id)
        await edit.publish(over, { until: clock.at + 2 * HOUR })
        await edit.hold(held, 'the lawyer reads it')
        await edit.embargo(embargoed, clock.at + HOUR)
        await edit.kill(killed, { reason: 'wrong' })
        await edit.spike(spiked)
        await edit.takeDown(down, 'over')
      })
      const views = async () => {
        const told: Record<string, string> = {}
        for (const view of ['all', 'mine', 'draft', 'scheduled', 'public', 'held', 'killed', 'spiked'] as const) {
          const found = await slugs(view)
          assert.equal((await desk.counts('ines'))[view], found.length, view)
          told[view] = found.toSorted().join(' ')
        }
        return told
      }
      assert.deepEqual(await views(), {
        all: 'a-draft down held killed over planned shown waits',
        mine: 'a-draft held killed over planned shown waits',
        draft: 'a-draft down',
        scheduled: 'planned',
        public: 'over shown',
        held: 'held waits',
        killed: 'killed',
        spiked: 'spiked',
      })
      // The clock alone brings out what is planned, and takes away what is over.
      clock.at += HOUR
      assert.equal((await views()).public, 'over planned shown waits')
      clock.at += HOUR
      assert.equal((await views()).public, 'planned shown waits')
    },
  )

  withDesk(
    'what changed last comes first, and pages join without a gap or a double',
    async ({ desk, newsroom, clock, file }) => {
      const ids: string[] = []
      // Some of them in the same millisecond: then the id decides.
      for (let n = 0; n < 12; n++) {
        ids.push(await file('ines', { slug: `story-${n}` }))
        if (n % 3) clock.at -= 1000
      }
      clock.at += HOUR
      await newsroom.change('theo', (edit) => edit.revise(ids[2]!, { ...ferryStory, slug: 'revised' }))
      const read: string[] = []
      let after: string | undefined
      for (let pages = 0; pages < 9; pages++) {
        const page = await desk.page({ view: 'all', by: 'ines', limit: 5, ...(after && { after }) })
        read.push(...page.rows.map(({ slug }) => slug))
        if (!page.next) break
        after = page.next
      }
      assert.equal(read[0], 'revised')
      assert.equal(read.length, 12)
      assert.equal(new Set(read).size, 12)
      const whole = await desk.page({ view: 'all', by: 'ines' })
      assert.deepEqual(
        read,
        whole.rows.map(({ slug }) => slug),
      )
      assert.equal(whole.next, null)
    },
  )

  withDesk(
    'search looks in slug, headline and bylines, for every word, and for signs as they are',
    async ({ file, slugs }) => {
      await file('ines', { slug: 'ferry-hearing', headline: 'The hearing moves' })
      await file('ines', { slug: 'milk', headline: 'Milk is 100% dearer', bylines: [{ name: 'Theo Ábara', role: '' }] })
      assert.deepEqual(await slugs('all', 'HEARING ferry'), ['ferry-hearing'])
      assert.deepEqual(await slugs('all', 'theo ába'), ['milk'])
      assert.deepEqual(await slugs('all', '100%'), ['milk'])
      assert.deepEqual(await slugs('all', 'm_lk'), [])
      assert.deepEqual(await slugs('killed', 'milk'), [])
    },
  )

  withDesk(
    'a row says what the story has, whose it is, and who writes',
    async ({ desk, newsroom, store, clock, file }) => {
      const id = await file('wire', {
        photo: { ...ferryPhoto, photographer: '' },
        source: { owner: 'Lakes News', url: '', copyright: '', agency: '' },
      })
      const drafts = openDrafts({ store, newsroom, clock })
      const nameless = await file('ines', { headline: '', slug: '' })
      const writer = { id: nameless, window: 'w1', account: 'theo' }
      await drafts.open({ ...writer, writes: true })
      await drafts.save({ ...writer, base: 1, sequence: 1, content: { headline: 'Half a head', slug: 'half' } })
      const { rows } = await desk.page({ view: 'all', by: 'ines' })
      const [written, wired] = [rows.find((row) => row.id === nameless), rows.find((row) => row.id === id)]
      assert.deepEqual([written?.headline, written?.slug, written?.writing], ['Half a head', 'half', 'theo'])
      assert.deepEqual([wired?.owner, wired?.photo, wired?.writing], ['Lakes News', 'uncredited', null])
      clock.at += HOUR
      const later = await desk.page({ view: 'all', by: 'ines' })
      assert.equal(later.rows.find((row) => row.id === nameless)?.writing, null)
    },
  )

  withDesk('rows that are missing are made again, and come out the same', async ({ desk, store, newsroom, file }) => {
    const ids = [await file('ines', { slug: 'one' }), await file('theo', { slug: 'two' })]
    await newsroom.change('ines', async (edit) => {
      await edit.publish(ids[0]!)
      await edit.correct(ids[0]!, { text: 'It is Friday.' })
    })
    const before = await desk.page({ view: 'all', by: 'ines' })
    assert.equal(before.rows.find(({ slug }) => slug === 'one')?.corrected, true)
    await store.tx(async (tx) => {
      await tx.deleteFrom('derived_desk').execute()
    })
    assert.deepEqual((await desk.page({ view: 'all', by: 'ines' })).rows, [])
    desk.start()
    await desk.whole()
    assert.deepEqual(await desk.page({ view: 'all', by: 'ines' }), before)
  })
})
