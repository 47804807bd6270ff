import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { wireRuleSchema } from '../config/schema.ts'
import { readCds } from '../formats/news/cds.ts'
import { cdsDeletion, cdsStory } from './cds.fixture.ts'
import { insertRule, rulesOf } from './desk-store.ts'
import { routeOf } from './routing.ts'
import { sourcesOf, withWire } from './wire.fixture.ts'

const KEY = { provider: 'live', itemId: 'lakes-2001' }
const SLOW = { provider: 'slow', itemId: 'lakes-2001' }
const later = (minutes: number) => new Date(Date.parse('2026-03-10T14:05:00Z') + minutes * 60_000).toISOString()

suite('what people do with what came', () => {
  withWire('an update waits, is taken, and the story follows its source again', async ({ push, newsroom, desk }) => {
    const { storyId } = await push(cdsStory())
    await newsroom.change('ines', async (edit) => {
      const { content } = (await edit.state(storyId!))!
      await edit.revise(storyId!, { ...content, headline: 'By hand', notes: 'Ask the captain.' })
      await edit.publish(storyId!)
    })
    assert.equal(await desk.waiting(KEY), null)
    await push(cdsStory({ modified: later(10), title: 'By wire' }))
    await push(cdsStory({ modified: later(20), title: 'By wire, later' }))
    const offer = await desk.waiting({ storyId: storyId! })
    assert.equal(offer?.content.headline, 'By wire, later')
    assert.match(offer.reason, /A person has changed the story/)
    const headlines = () => newsroom.stories().map(({ headline }) => headline)
    assert.deepEqual(headlines(), ['By hand'])
    assert.equal(await desk.takeUpdate(offer.id, 'ines'), storyId)
    assert.deepEqual(headlines(), ['By wire, later'])
    const state = await newsroom.change('ines', (edit) => edit.state(storyId!))
    assert.deepEqual([state?.madeBy, state?.content.notes], ['wire', 'Ask the captain.'])
    await assert.rejects(desk.takeUpdate(offer.id, 'ines'), { code: 'WIRE_DECIDED' })
    assert.equal((await push(cdsStory({ modified: later(30), title: 'And again' }))).decision, 'updated')
    assert.deepEqual(headlines(), ['And again'])
  })

  withWire('an update that is left waits no longer, and ours stays', async ({ push, newsroom, desk, store }) => {
    const { storyId } = await push(cdsStory())
    await newsroom.change('ines', async (edit) => {
      await edit.revise(storyId!, { ...(await edit.state(storyId!))!.content, headline: 'By hand' })
      await edit.publish(storyId!)
    })
    await push(cdsStory({ modified: later(10), title: 'By wire' }))
    const offer = await desk.waiting(KEY)
    await desk.leaveUpdate(offer!.id, 'ines')
    assert.equal(await desk.waiting(KEY), null)
    assert.equal(newsroom.stories()[0]?.headline, 'By hand')
    const row = await store.read.selectFrom('wire_updates').select(['state', 'decided_by']).executeTakeFirst()
    assert.deepEqual({ ...row }, { state: 'left', decided_by: 'ines' })
    // Nobody is asked again about the same words.
    assert.equal((await push(cdsStory({ modified: later(15), title: 'By wire' }))).decision, 'updated')
    assert.equal(await desk.waiting(KEY), null)
  })

  withWire('what somebody is writing at is not changed under their hands', async ({ push, newsroom, store }) => {
    const { storyId } = await push(cdsStory())
    const copy = { story_id: storyId!, window_id: 'w', account_id: 'ines', base: 1, sequence: 2, kept_sequence: 1 }
    await store.tx((tx) =>
      tx
        .insertInto('story_copies')
        .values({ ...copy, content: '{}', saved_at: 0 })
        .execute(),
    )
    assert.equal((await push(cdsStory({ modified: later(10), title: 'By wire' }))).decision, 'waiting')
    assert.equal(newsroom.stories()[0]?.headline, 'The ferry stops for the winter')
  })

  withWire('a story that its source brings back is a new draft, once an editor wants it', async (world) => {
    const { push, newsroom, desk } = world
    const { storyId } = await push(cdsStory())
    await push(cdsDeletion())
    await assert.rejects(desk.take(KEY, 'ines'), { code: 'WIRE_NOT_OURS' })
    assert.equal((await push(cdsStory({ modified: later(60), title: 'Back' }))).decision, 'waiting')
    const again = await desk.takeUpdate((await desk.waiting(KEY))!.id, 'ines')
    assert.notEqual(again, storyId)
    assert.deepEqual(newsroom.stories(), [])
    assert.equal((await push(cdsStory({ modified: later(90), title: 'Back again' }))).decision, 'updated')
    const state = await newsroom.change('ines', (edit) => edit.state(again))
    assert.deepEqual([state?.content.headline, state?.killed], ['Back again', false])
    assert.equal((await push(cdsDeletion())).decision, 'updated')
  })

  withWire('by hand: to a section, where it goes on following', async ({ push, newsroom, desk }) => {
    await push(cdsStory(), 'slow')
    const id = await desk.publish(SLOW, { section: 'county', by: 'ines' })
    const [story] = newsroom.stories()
    assert.deepEqual([story?.id, story?.section], [id, 'county'])
    await push(cdsStory({ modified: later(10), title: 'Later' }), 'slow')
    assert.deepEqual(
      newsroom.stories().map(({ headline, section }) => [headline, section]),
      [['Later', 'county']],
    )
  })

  withWire('by hand: passed over, and back', async ({ push, newsroom, desk, store }) => {
    const { storyId } = await push(cdsStory(), 'slow')
    await desk.pass(SLOW, 'ines')
    const spiked = async () => (await newsroom.change('ines', (edit) => edit.state(storyId!)))?.spikedBy
    assert.equal(await spiked(), 'ines')
    await push(cdsStory({ modified: later(10), title: 'Later' }), 'slow')
    assert.equal(await spiked(), 'ines')
    const row = await store.read.selectFrom('wire_items').select('passed_by').executeTakeFirst()
    assert.equal(row?.passed_by, 'ines')
    await desk.unpass(SLOW, 'ines')
    assert.equal(await spiked(), null)
    await assert.rejects(desk.pass({ ...SLOW, itemId: 'none' }, 'ines'), { code: 'WIRE_ITEM_UNKNOWN' })
  })

  withWire('what is closed cannot be taken by hand either', async ({ push, desk }) => {
    await push(cdsStory({ more: { isRestrictedToAuthorizedOrgServiceIds: true } }))
    await assert.rejects(desk.take(KEY, 'ines'), { code: 'WIRE_NOT_OURS' })
    await assert.rejects(desk.publish(KEY, { section: 'news', by: 'ines' }), { code: 'WIRE_NOT_OURS' })
  })

  withWire('rules send what comes where it belongs; one made in the studio comes first', async (world) => {
    const { newsroom, store, again, clock } = world
    const wire = again(
      sourcesOf({
        live: {
          format: 'cds',
          token: 't',
          route: 'wire',
          topics: ['Network'],
          rules: [{ when: { collection: ['1003'] }, route: 'publish', topics: ['Ships'], expire: '2d' }],
        },
      }),
    )
    const story = (id: string, more = {}) => Buffer.from(cdsStory({ id, title: id, more }))
    const collections = { collections: [{ href: '/v1/documents/1003', rels: ['topic'] }] }
    const [left] = await wire.receive('live', story('lakes-1'))
    assert.deepEqual([left?.decision, left?.storyId], ['desk', null])
    const [sent] = await wire.receive('live', story('lakes-2', collections))
    assert.equal(sent?.decision, 'published')
    assert.deepEqual(newsroom.stories()[0]?.topics, ['Network', 'Ships'])
    clock.at = Date.parse('2026-03-12T14:05:01Z')
    assert.deepEqual(newsroom.stories(), [], 'its two days are over')
    const [late] = await wire.receive('live', story('lakes-4', collections))
    assert.deepEqual([late?.decision, late?.reasons[0]], ['desk', 'Its time is over.'])
    const rule = wireRuleSchema.parse({ when: { profile: ['story'] }, route: 'desk', hold: true, expire: '1h' })
    await store.tx((tx) => insertRule(tx, { id: 'r1', source: 'live', rule, by: 'ines', at: 0 }))
    assert.deepEqual(await rulesOf(store.read, 'live'), [rule])
    const [held] = await wire.receive('live', story('lakes-3', collections))
    assert.deepEqual([held?.decision, held?.reasons[0]], ['desk', 'It is held until an editor releases it.'])
    await wire.receive(
      'live',
      Buffer.from(cdsStory({ id: 'lakes-3', title: 'New', modified: later(9), more: collections })),
    )
    const state = await newsroom.change('ines', (edit) => edit.state(held!.storyId!))
    assert.deepEqual([state?.content.headline, state?.heldBy], ['New', 'wire'])
  })

  withWire('a photo credited to an agency alone is shown with it; one of nobody is not', async ({ push, newsroom }) => {
    const photo = (producer: string | null, provider: string | null) => ({
      'as-photo': {
        id: 'as-photo',
        profiles: [{ href: '/v1/profiles/image', rels: ['type'] }],
        producer,
        provider,
        enclosures: [{ href: 'https://pictures.example/p.png', rels: ['primary'], type: 'image/png' }],
      },
    })
    const { storyId } = await push(cdsStory({ assets: photo(null, 'Getty Images') }))
    const state = await newsroom.change('ines', (edit) => edit.state(storyId!))
    assert.deepEqual([state?.content.photo?.photographer, state?.content.photo?.agency], ['', 'Getty Images'])
  })
})

test('of several conditions all must hold, of the words of one any, in small or capital letters', () => {
  const read = readCds(
    cdsStory({
      more: { collections: [{ href: '/v1/documents/7', rels: ['topic'], embed: { id: '7', title: 'Water' } }] },
    }),
  )
  assert.ok('items' in read)
  const item = read.items[0]!
  const { live } = sourcesOf({ live: { format: 'cds', token: 't', section: 'county' } })
  const section = (when: object) =>
    routeOf(item, { ...live!, rules: [wireRuleSchema.parse({ when, section: 'news' })] }).section
  assert.equal(section({}), 'news')
  assert.equal(section({ topic: ['air', 'WATER'] }), 'news')
  assert.equal(section({ collection: ['7'], profile: ['story'] }), 'news')
  assert.equal(section({ collection: ['7'], profile: ['newscast'] }), 'county')
  assert.equal(section({ genre: ['Water'] }), 'county')
})
