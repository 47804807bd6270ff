import assert from 'node:assert/strict'
import { suite } from 'node:test'
import type { Store } from '../store/store.ts'
import { insertMessage } from './message-store.ts'
import { cdsDeletion, cdsStory } from './cds.fixture.ts'
import { withWire } from './wire.fixture.ts'

const PATH = '/news/2026-03-10/the-ferry-stops-for-the-winter'
const later = (minutes: number) => new Date(Date.parse('2026-03-10T14:05:00Z') + minutes * 60_000).toISOString()
const eventCount = (store: Store) => store.events.last()

suite('the wire', () => {
  withWire('publishes what comes with every part in its place', async ({ push, newsroom }) => {
    const { item, decision, path, reasons } = await push(cdsStory())
    assert.deepEqual(item, { provider: 'live', id: 'lakes-2001', version: Date.parse('2026-03-10T14:05:00Z') })
    assert.deepEqual([decision, path], ['published', PATH])
    assert.match(reasons.join(' '), /image as-secret is left out: it is restricted/)
    const story = (await newsroom.read(PATH))!
    assert.deepEqual(story.bylines, [
      { name: 'Dana Whitfield', role: '' },
      { name: 'Ines Haldorsen', role: '', url: 'https://lakesnews.example/people/ines' },
      { name: 'José Núñez', role: '' },
    ])
    assert.equal(story.dek, 'The last boat leaves on Friday')
    assert.deepEqual(
      story.body.map(({ type }) => type),
      ['paragraph', 'pull-quote', 'quotation'],
    )
    assert.deepEqual(story.corrections, [
      { at: '2026-03-10T15:00:00.000Z', text: 'An earlier version named the wrong pier.' },
    ])
    assert.equal(story.source?.copyright, 'Copyright 2026 NPR. To see more, visit https://lakesnews.example/lakes-2001')
    assert.equal(story.source?.agency, 'Distributed by the Lakes News Cooperative.')
    // The photo has not been fetched: its place stays empty.
    assert.equal(story.photo, null)
    assert.ok(!JSON.stringify(story).includes('nobody may see'))
  })

  withWire('files for the desk where the source says so', async ({ push, newsroom }) => {
    const { decision, path, storyId } = await push(cdsStory(), 'slow')
    assert.deepEqual([decision, path], ['desk', null])
    assert.deepEqual(newsroom.stories(), [])
    const state = await newsroom.change('ines', (edit) => edit.state(storyId!))
    assert.equal(state?.content.headline, 'The ferry stops for the winter')
  })

  withWire('a duplicate makes no event, an older version changes nothing', async ({ push, newsroom, store }) => {
    await push(cdsStory({ modified: later(10), title: 'Second' }))
    const before = await eventCount(store)
    assert.equal((await push(cdsStory({ modified: later(10), title: 'Second' }))).decision, 'duplicate')
    assert.equal((await push(cdsStory({ modified: later(5), title: 'First' }))).decision, 'older')
    assert.equal((await push(cdsStory({ modified: later(5), title: 'First' }))).decision, 'duplicate')
    assert.equal(await eventCount(store), before)
    assert.deepEqual(
      newsroom.stories().map(({ headline }) => headline),
      ['Second'],
    )
  })

  withWire('a published story follows its source, under one address', async ({ push, newsroom }) => {
    await push(cdsStory())
    const updated = await push(
      cdsStory({
        modified: later(60),
        title: 'The ferry goes on',
        more: { editorialMajorUpdateDateTime: later(60), corrections: [] },
      }),
    )
    assert.deepEqual([updated.decision, updated.path], ['updated', PATH])
    const story = newsroom.find(PATH)!
    assert.deepEqual([story.headline, story.updated, story.corrections], ['The ferry goes on', later(60), []])
  })

  withWire('an update waits once a person has changed the story', async ({ push, newsroom }) => {
    const { storyId } = await push(cdsStory())
    await newsroom.change('ines', async (edit) => {
      const { content } = (await edit.state(storyId!))!
      await edit.revise(storyId!, { ...content, headline: 'By hand' })
      await edit.publish(storyId!)
    })
    assert.equal((await push(cdsStory({ modified: later(60), title: 'By wire' }))).decision, 'waiting')
    assert.equal((await push(cdsStory({ modified: later(60), title: 'By wire' }))).decision, 'duplicate')
    assert.equal(newsroom.find(PATH)?.headline, 'By hand')
  })

  withWire(
    'a deletion kills, also what a person has changed; nothing brings it back',
    async ({ push, newsroom, store }) => {
      const { storyId } = await push(cdsStory())
      await newsroom.change('ines', async (edit) => {
        await edit.revise(storyId!, { ...(await edit.state(storyId!))!.content, headline: 'By hand' })
        await edit.publish(storyId!)
      })
      assert.equal((await push(cdsDeletion())).decision, 'updated')
      assert.deepEqual(newsroom.stories(), [])
      assert.equal(newsroom.withdrawn(PATH)?.note, 'Its source has withdrawn it.')
      const before = await eventCount(store)
      assert.equal((await push(cdsDeletion())).decision, 'duplicate')
      assert.equal((await push(cdsStory())).decision, 'duplicate')
      assert.equal((await push(cdsStory({ modified: later(-5) }))).decision, 'older')
      assert.equal((await push(cdsStory({ modified: later(60) }))).decision, 'waiting')
      assert.deepEqual([newsroom.stories(), await eventCount(store)], [[], before])
    },
  )

  withWire('a deletion that comes first keeps the story out', async ({ push, newsroom }) => {
    await push(cdsDeletion())
    assert.equal((await push(cdsStory())).decision, 'waiting')
    assert.deepEqual(newsroom.stories(), [])
  })

  withWire('what a person has killed does not come back by wire', async ({ push, newsroom }) => {
    const { storyId } = await push(cdsStory())
    await newsroom.change('ines', (edit) => edit.kill(storyId!, { reason: 'wrong man' }))
    assert.equal((await push(cdsStory({ modified: later(60) }))).decision, 'waiting')
    assert.deepEqual(newsroom.stories(), [])
  })

  withWire('restricted is not shown, and is recalled when it becomes so', async ({ push, newsroom }) => {
    const restricted = { isRestrictedToAuthorizedOrgServiceIds: true }
    assert.equal((await push(cdsStory({ id: 'lakes-9', more: restricted }))).decision, 'restricted')
    await push(cdsStory())
    assert.equal(
      (await push(cdsStory({ modified: later(1), more: { isRestrictedInSomeNewWay: true } }))).decision,
      'restricted',
    )
    assert.deepEqual(newsroom.stories(), [])
    assert.equal((await push(cdsStory({ modified: later(2) }))).decision, 'updated')
    assert.equal(newsroom.stories().length, 1)
  })

  withWire('what cannot be read is kept as it came, with the reason and the place', async ({ push, store }) => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b])
    const { decision, reasons, item } = await push(bytes.toString('latin1'))
    assert.deepEqual([decision, item], ['quarantined', null])
    assert.match(reasons[0] ?? '', /not JSON/)
    const kept = await store.read.selectFrom('wire_messages').selectAll().execute()
    assert.deepEqual(Buffer.from(kept[0]!.body, 'base64').toString(), bytes.toString('latin1'))
    assert.equal((await push('{"resources":[]}')).decision, 'quarantined')
  })

  withWire('a biography that comes after its story puts the byline right', async ({ push, newsroom, store }) => {
    const { resources } = JSON.parse(cdsStory()) as { resources: object[] }
    await push(JSON.stringify({ resources: resources.slice(0, 1) }))
    const names = () => newsroom.find(PATH)?.bylines.map(({ name }) => name)
    assert.deepEqual(names(), ['Dana Whitfield', 'José Núñez'])
    await push(JSON.stringify({ resources: resources.slice(1) }))
    assert.deepEqual(names(), ['Dana Whitfield', 'Ines Haldorsen', 'José Núñez'])
    assert.equal(newsroom.find(PATH)?.updated, null)
    const before = await eventCount(store)
    await push(JSON.stringify({ resources: resources.slice(1) }))
    assert.equal(await eventCount(store), before)
  })

  withWire('what could not be read is read again, and what still cannot be is told once', async (world) => {
    const { push, again, store, newsroom } = world
    const wire = again()
    await push('{"resources":[{"id":"lakes-3"}]}')
    await push('{')
    const { decision } = await push(cdsStory({ id: 'lakes-4', title: '' }))
    const [{ id }] = (await store.read
      .selectFrom('wire_messages')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()) as [{ id: string }]
    assert.equal(decision, 'quarantined')
    // A later program can read what this one could not.
    const body = Buffer.from(cdsStory({ id: 'lakes-4' })).toString('base64')
    await store.tx((tx) => tx.updateTable('wire_messages').set({ body }).where('id', '=', id).execute())
    assert.deepEqual(await wire.reparse(), { read: 1, still: 2 })
    assert.equal(newsroom.stories().length, 1)
    const arrivals = await store.read.selectFrom('wire_arrivals').select('decision').orderBy('id').execute()
    assert.deepEqual(
      arrivals.map(({ decision }) => decision),
      ['quarantined', 'quarantined', 'quarantined', 'published'],
    )
    assert.deepEqual(await wire.reparse(), { read: 0, still: 2 })
    assert.deepEqual(await wire.reparse('none'), { read: 0, still: 1 })
  })

  withWire('a message read again changes nothing where nothing is new', async ({ push, again, store }) => {
    await push(cdsStory())
    const [{ id }] = (await store.read.selectFrom('wire_messages').select('id').execute()) as [{ id: string }]
    const before = await eventCount(store)
    assert.deepEqual(await again().reparse(id), { read: 1, still: 0 })
    assert.equal(await eventCount(store), before)
  })

  withWire('a new version without a new word makes no revision', async ({ push, newsroom, store }) => {
    const { storyId } = await push(cdsStory())
    const { decision, reasons } = await push(cdsStory({ modified: later(3) }))
    assert.deepEqual([decision, reasons[0]], ['updated', 'Nothing that readers see has changed.'])
    const state = await newsroom.change('ines', (edit) => edit.state(storyId!))
    assert.equal(state?.revision, 1)
    assert.equal((await push(cdsStory({ modified: later(3) }))).decision, 'duplicate')
    assert.equal((await store.read.selectFrom('wire_items').select('versions').executeTakeFirst())?.versions, 2)
  })

  withWire('what came before the house ended is read when it starts', async ({ newsroom, store, again }) => {
    const message = {
      id: 'm1',
      source: 'live',
      bytes: Buffer.from(cdsStory()),
      hash: '',
      receivedAt: 0,
      via: 'push' as const,
    }
    await store.tx((tx) => insertMessage(tx, message))
    await again().start()
    assert.equal(newsroom.stories().length, 1)
    await again().start()
    assert.equal(newsroom.stories().length, 1)
  })

  withWire('a source has its own token, plain or hashed', async ({ wire }) => {
    assert.deepEqual(
      await Promise.all([
        wire.admits('live', 'open'),
        wire.admits('live', 'sesame'),
        wire.admits('slow', 'sesame'),
        wire.admits('slow', 'open'),
      ]),
      [true, false, true, false],
    )
    await assert.rejects(wire.admits('nobody', 'open'), { code: 'WIRE_UNKNOWN' })
    await assert.rejects(wire.admits('toString', 'open'), { code: 'WIRE_UNKNOWN' })
  })
})
