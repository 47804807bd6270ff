import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { openDrafts, PEN_SILENCE_MS } from './drafts.ts'
import type { Drafts } from './drafts.ts'
import { openNewsroom } from './newsroom.ts'
import type { OpenNewsroom } from './newsroom.ts'
import { bodyWith, ferryStory } from './story.fixture.ts'
import type { StoryContent } from './story.ts'

type World = {
  drafts: Drafts
  newsroom: OpenNewsroom
  clock: { at: number; now(): number }
  id: string
  events: () => Promise<string[]>
  /** Headlines of all revisions with who made them, the oldest first. */
  told: () => Promise<string[]>
}

const withDrafts = (name: string, fn: (world: World) => Promise<void>) =>
  onBothEngines(name, async ({ open, folder }) => {
    const clock = { at: Date.parse('2026-07-01T12:00:00Z'), now: () => clock.at }
    const store = await open({ clock })
    const newsroom = openNewsroom({ store, folder, clock, ids: createIds({ clock }) })
    await newsroom.start()
    const drafts = openDrafts({ store, newsroom, clock })
    const id = await newsroom.change('ines', (edit) => edit.file(ferryStory))
    const events = async () => (await store.events.of({ kind: 'story', id })).map(({ type }) => type)
    const told = async () => {
      const { revisions } = await drafts.versions(id)
      const all = revisions.toReversed()
      const contents = await Promise.all(all.map(({ number }) => drafts.content(id, number)))
      return all.map(({ by, reason }, at) => `${by}: ${contents[at]?.headline}${reason ? ` (${reason})` : ''}`)
    }
    try {
      await fn({ drafts, newsroom, clock, id, events, told })
    } finally {
      await newsroom.stop()
    }
  })

const withHeadline = (headline: string): StoryContent => ({ ...ferryStory, headline })
const FIRST = `ines: ${ferryStory.headline}`
const ines = (id: string, window = 'w1') => ({ id, window, account: 'ines' })
const rosalind = (id: string, window = 'w2') => ({ id, window, account: 'rosalind' })

suite('writing', () => {
  withDrafts('a batch is there once; an older one never overwrites a newer', async ({ drafts, id, clock }) => {
    await drafts.open({ ...ines(id), writes: true })
    const batch = (sequence: number, text: string) =>
      drafts.save({ ...ines(id), base: 1, sequence, content: withHeadline(text) })
    assert.equal((await batch(1, 'The')).sequence, 1)
    const second = await batch(2, 'The f')
    clock.at += 1000
    assert.equal((await batch(2, 'sent again, but not the same')).savedAt, second.savedAt)
    assert.equal((await batch(1, 'The')).sequence, 2)
    assert.equal((await drafts.open({ ...ines(id), writes: true })).sequence, 2)
    const copy = await drafts.copy(id, 'w1')
    assert.equal((copy!.content as StoryContent).headline, 'The f')
    assert.equal((await drafts.versions(id)).copies.length, 1)
  })

  withDrafts('leaving makes a revision, and coming back without a word none', async ({ drafts, id, told }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('Second') })
    await drafts.leave(ines(id))
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 2, sequence: 2, content: withHeadline('Second') })
    await drafts.leave(ines(id))
    await drafts.leave(ines(id))
    assert.deepEqual(await told(), [FIRST, 'ines: Second'])
    assert.deepEqual((await drafts.versions(id)).copies, [])
  })

  withDrafts('a window that comes back goes on where it was', async ({ drafts, id }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 7, content: withHeadline('Half a sent') })
    const opened = await drafts.open({ ...ines(id), writes: true })
    assert.deepEqual(
      [(opened.content as StoryContent).headline, opened.sequence, opened.apart],
      ['Half a sent', 7, false],
    )
  })

  withDrafts('take-over keeps the other’s text as a revision of theirs', async ({ drafts, id, told, events }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('By Ines') })
    const reading = await drafts.open({ ...rosalind(id), writes: true })
    assert.equal(reading.pen?.account, 'ines')
    assert.equal((reading.content as StoryContent).headline, 'By Ines')
    await assert.rejects(drafts.version(rosalind(id)), { code: 'PEN_TAKEN' })

    const taken = await drafts.takeOver(rosalind(id))
    assert.deepEqual([taken.pen?.account, taken.revision], ['rosalind', 2])
    assert.equal((taken.content as StoryContent).headline, 'By Ines')
    assert.deepEqual(await told(), [FIRST, 'ines: By Ines (Taken over)'])
    assert.deepEqual((await events()).slice(-2), ['story.revised', 'story.taken-over'])

    // What Ines typed meanwhile, without a line, is kept and overwrites nothing.
    const late = await drafts.save({ ...ines(id), base: 1, sequence: 2, content: withHeadline('By Ines, and more') })
    assert.equal(late.pen?.account, 'rosalind')
    await assert.rejects(drafts.version(ines(id)), { code: 'PEN_TAKEN' })
    await drafts.save({ ...rosalind(id), base: 2, sequence: 1, content: withHeadline('By Rosalind') })
    await drafts.leave(rosalind(id))
    const { copies } = await drafts.versions(id)
    assert.deepEqual(
      copies.map(({ account, content }) => [account, (content as StoryContent).headline]),
      [['ines', 'By Ines, and more']],
    )
    // She takes it back: her window is told to go on under another name, and her loose text stays.
    const back = await drafts.open({ ...ines(id), writes: true })
    assert.deepEqual([(back.content as StoryContent).headline, back.apart], ['By Rosalind', true])
    // Only when she has seen what it replaces does it become the newest.
    await assert.rejects(drafts.version(ines(id)), { code: 'STORY_MOVED_ON' })
    await assert.rejects(drafts.version({ ...ines(id), over: 2 }), { code: 'STORY_MOVED_ON' })
    await drafts.version({ ...ines(id), over: 3 })
    assert.deepEqual((await told()).slice(2), ['rosalind: By Rosalind', 'ines: By Ines, and more'])
  })

  withDrafts('a pen that is silent is free, and its text is a revision first', async ({ drafts, id, clock, told }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('Left open') })
    clock.at += PEN_SILENCE_MS - 1
    assert.equal((await drafts.open({ ...rosalind(id), writes: true })).pen?.account, 'ines')
    await drafts.here({ ...ines(id), shown: 0 })
    clock.at += PEN_SILENCE_MS - 1
    assert.equal((await drafts.open({ ...rosalind(id), writes: true })).pen?.account, 'ines')
    clock.at += 1
    const opened = await drafts.open({ ...rosalind(id), writes: true })
    assert.deepEqual([opened.pen?.account, (opened.content as StoryContent).headline], ['rosalind', 'Left open'])
    assert.deepEqual(await told(), [FIRST, 'ines: Left open (Left without a word)'])
  })

  withDrafts('two windows of one person are two writers', async ({ drafts, id }) => {
    await drafts.open({ ...ines(id), writes: true })
    const second = await drafts.open({ ...ines(id, 'w9'), writes: true })
    assert.equal(second.pen?.window, 'w1')
    await drafts.save({ ...ines(id, 'w9'), base: 1, sequence: 1, content: withHeadline('Elsewhere') })
    await assert.rejects(drafts.version(ines(id, 'w9')), { code: 'PEN_TAKEN' })
    await assert.rejects(drafts.save({ ...rosalind(id, 'w9'), base: 1, sequence: 2, content: {} }), {
      code: 'NOT_ALLOWED',
    })
  })

  withDrafts('who reads sees what is written, when it is newer', async ({ drafts, id }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.open({ ...rosalind(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('Now') })
    const { live, visits } = await drafts.here({ ...rosalind(id), shown: 0 })
    assert.equal((live!.content as StoryContent).headline, 'Now')
    assert.deepEqual(
      visits.map(({ account }) => account),
      ['ines', 'rosalind'],
    )
    assert.equal((await drafts.here({ ...rosalind(id), shown: 1 })).live, null)
    assert.equal((await drafts.here({ ...ines(id), shown: 0 })).live, null)
  })

  withDrafts('a revision by somebody else is not written over unseen', async ({ drafts, newsroom, id }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('Mine') })
    await newsroom.change('wire', (edit) => edit.revise(id, withHeadline('By wire')))
    await assert.rejects(drafts.version(ines(id)), { code: 'STORY_MOVED_ON' })
    await drafts.leave(ines(id))
    assert.equal((await drafts.state(id))?.content.headline, 'By wire')
    assert.equal((await drafts.versions(id)).copies.length, 1)
  })

  withDrafts('what is no story is kept as it is, and told', async ({ drafts, id, told }) => {
    await drafts.open({ ...ines(id), writes: true })
    const content = { ...ferryStory, body: { type: 'doc', content: [{ type: 'marquee' }] }, headline: 'x'.repeat(400) }
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content })
    await assert.rejects(drafts.version(ines(id)), (error: Error) => {
      assert.match(error.message, /\/body\/content\/0\/type/)
      return true
    })
    await drafts.takeOver(rosalind(id))
    assert.deepEqual(await told(), [FIRST])
    assert.deepEqual((await drafts.versions(id)).copies[0]?.content, content)
    await assert.rejects(drafts.restore({ id, account: 'rosalind', from: { window: 'w1' } }), {
      code: 'DRAFT_UNREADABLE',
    })
  })

  withDrafts(
    'an old revision, and a loose text, come back as new revisions',
    async ({ drafts, newsroom, id, told }) => {
      await newsroom.change('ines', (edit) => edit.revise(id, withHeadline('Two')))
      await drafts.restore({ id, account: 'ines', from: { number: 1 } })
      await drafts.open({ ...ines(id), writes: true })
      await drafts.save({ ...rosalind(id), base: 3, sequence: 1, content: withHeadline('Loose') })
      await assert.rejects(drafts.restore({ id, account: 'rosalind', from: { window: 'w2' } }), { code: 'PEN_TAKEN' })
      await drafts.leave(ines(id))
      await drafts.restore({ id, account: 'rosalind', from: { window: 'w2' } })
      await assert.rejects(drafts.restore({ id, account: 'ines', from: { number: 9 } }), { code: 'VERSION_UNKNOWN' })
      assert.deepEqual((await told()).slice(2), [
        `ines: ${ferryStory.headline} (Version 1 again)`,
        'rosalind: Loose (Taken out of a copy)',
      ])
      assert.deepEqual((await drafts.versions(id)).copies, [])
    },
  )

  withDrafts('the pen is handed over', async ({ drafts, id, told }) => {
    await drafts.open({ ...ines(id), writes: true })
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content: withHeadline('For Rosalind') })
    await assert.rejects(drafts.handOver({ ...ines(id), to: 'w2' }), { code: 'PEN_TAKEN' })
    await drafts.open({ ...rosalind(id), writes: true })
    await drafts.handOver({ ...ines(id), to: 'w2' })
    assert.equal((await drafts.here({ ...ines(id), shown: 0 })).pen?.account, 'rosalind')
    assert.deepEqual(await told(), [FIRST, 'ines: For Rosalind (Handed over)'])
  })

  withDrafts('a version and what follows from it are done whole or not at all', async ({ drafts, newsroom, id }) => {
    await drafts.open({ ...ines(id), writes: true })
    const content = { ...withHeadline('Public'), body: bodyWith('Now.'), source: { owner: 'Not ours' }, place: 1 }
    await drafts.save({ ...ines(id), base: 1, sequence: 1, content })
    await assert.rejects(
      drafts.version(ines(id), () => Promise.reject(new Error('no'))),
      /no/,
    )
    assert.equal((await drafts.state(id))?.revision, 1)
    const { done } = await drafts.version(ines(id), (edit) => edit.publish(id))
    const { headline, source, place } = newsroom.find(done ?? '')!
    assert.deepEqual({ headline, source, place }, { headline: 'Public', source: null, place: null })
  })
})
