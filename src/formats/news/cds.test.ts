import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchesGolden, newsFixture } from '../../../test/fixtures/news/golden.ts'
import { readCds, type CdsRead } from './cds.ts'
import { copyrightLine } from './news-item.ts'

const samples = process.env['GROUNDWAVE_SAMPLES'] ?? resolve(import.meta.dirname, '../../../../shared/samples')
const examples = resolve(samples, 'npr-cds/examples')

const good = (read: CdsRead) => {
  assert.ok('items' in read, JSON.stringify(read))
  return read
}
const organizations = new Map([
  ['s7707', 'Lakes Desk'],
  ['s7708', 'River Radio Network'],
])
const biography = () => {
  const [reference] = good(readCds(newsFixture('cds-biography.json'))).references
  return new Map([[reference!.id, reference!.document]])
}
const story = () => good(readCds(newsFixture('cds-story.json'), { documents: biography(), organizations })).items[0]!

test('every field of a story stands where the model says', () => {
  matchesGolden('cds-story', good(readCds(newsFixture('cds-story.json'), { documents: biography(), organizations })))
})

test('lead photo, bylines, corrections, canonical page and copyright of the acceptance story', () => {
  const item = story()
  const lead = item.photos.find(({ id }) => id === item.lead)!
  assert.deepEqual(
    [lead.caption, lead.photographer, lead.agency],
    ['The pilot boat Corriveau leaves Port Ambrose on a morning of 14 below.', 'Ines Okafor-Lund', 'Lakes Desk'],
  )
  assert.deepEqual(
    item.bylines.map(({ name }) => name),
    ['Odalys Marchetti', 'Nuria Vandersloot', 'Tomasz Hale'],
  )
  assert.equal(item.bylines[1]!.url, 'https://lakesdesk.example/people/nuria-vandersloot')
  assert.deepEqual(
    item.corrections.map(({ at }) => at),
    ['2026-04-02T15:00:00.000Z', '2026-04-01T13:00:00.000Z'],
  )
  assert.equal(
    copyrightLine(item),
    'Copyright 2026 Lakes Desk. To see more, visit https://lakesdesk.example/2026/03/31/harbor-pilots',
  )
  assert.equal(item.version, Date.parse('2026-04-02T15:04:05.120Z'))
})

test('the copyright year is that of the calendar where it was published', () => {
  const text = newsFixture('cds-story.json').replace('2026-03-31T21:30:00-05:00', '2026-12-31T21:30:00-05:00')
  const [item] = good(readCds(text)).items
  assert.deepEqual([item!.published, item!.copyright.year], ['2027-01-01T02:30:00.000Z', 2026])
  assert.match(copyrightLine(item!), /^Copyright 2026 lakesdesk\.example\. To see more, visit https:/)
})

test('a restricted image is nowhere in the item, only the fact that there was one', () => {
  const text = JSON.stringify(story())
  assert.ok(!text.includes('restricted-bridge') && !text.includes('captain') && !text.includes('Meridian'))
  assert.deepEqual(
    story().restricted.map(({ id, what }) => [id, what]),
    [['lk-i2', 'image']],
  )
})

test('a restricted asset may be shown by the station that is authorised for it', () => {
  const { items } = good(readCds(newsFixture('cds-story.json'), { ours: new Set(['s7707']) }))
  assert.equal(items[0]!.photos.length, 2)
  assert.deepEqual(items[0]!.restricted, [])
})

test('a restricted document says so', () => {
  const [item] = good(readCds(newsFixture('cds-restricted-document.json'))).items
  assert.match(item!.rights.restriction ?? '', /restricted/)
})

test('a restriction that is not understood restricts', () => {
  const changed = (value: unknown, key = 'isRestrictedToAuthorizedOrgServiceIds') => {
    const message = JSON.parse(newsFixture('cds-restricted-document.json')) as { resources: Record<string, unknown>[] }
    delete message.resources[0]!['isRestrictedToAuthorizedOrgServiceIds']
    message.resources[0]![key] = value
    return good(readCds(JSON.stringify(message))).items[0]!.rights.restriction
  }
  for (const value of [true, 'false', 0, 1, {}, '']) assert.ok(changed(value), JSON.stringify(value))
  for (const value of [false, null]) assert.equal(changed(value), null)
  assert.ok(changed(true, 'isRestrictedToMembers'))
})

test('a biography that is not at hand is asked for, and the others stand', () => {
  const { items, wanted } = good(readCds(newsFixture('cds-story.json')))
  assert.deepEqual(
    items[0]!.bylines.map(({ name }) => name),
    ['Odalys Marchetti', 'Tomasz Hale'],
  )
  assert.ok(wanted.documents.includes('lk-bio-31'))
  assert.match(wanted.organizations.join(), /s7707/)
})

test('containers, cards, embeds and odd assets', () => {
  matchesGolden('cds-containers', good(readCds(newsFixture('cds-containers.json'), { documents: biography() })))
})

test('a deletion is an item that is canceled in all versions', () => {
  const [item] = good(readCds(newsFixture('cds-deleted.json'))).items
  assert.deepEqual([item!.itemId, item!.pubstatus, item!.version], ['lk-s7-20418', 'canceled', null])
})

test('what cannot be read says what, where and how to mend it', () => {
  const cases: [string | Uint8Array, RegExp, string][] = [
    ['', /not JSON/, ''],
    ['{"resources": [', /not JSON/, ''],
    [new Uint8Array([0xff, 0xfe, 0x20]), /UTF-8/, ''],
    ['42', /not a JSON object/, ''],
    ['[]', /empty array/, ''],
    ['{"resources": {}}', /not an array/, '/resources'],
    ['{"meta":{"messages":["Forbidden"]}}', /Forbidden/, '/meta/messages'],
    ['{"resources":[{"id":"a1-x"}]}', /no type profile/, '/resources/0/profiles'],
    ['{"resources":[{"title":"x"}]}', /no id/, '/resources/0/id'],
    ['{"id":"../etc","title":"x"}', /does not allow/, '/id'],
    ['{"id":"a1-x","title":" ","profiles":[{"href":"/v1/profiles/story","rels":["type"]}]}', /no title/, '/title'],
    ['{"id":"a1-x","title":"x","profiles":[{"href":"/v1/profiles/image","rels":["type"]}]}', /type image/, '/profiles'],
    ['{"Type":"SubscriptionConfirmation"}', /confirmation/, '/Type'],
  ]
  for (const [bytes, message, pointer] of cases) {
    const read = readCds(bytes)
    assert.ok('problem' in read, String(bytes))
    assert.match(read.problem.message, message)
    assert.equal(read.problem.pointer, pointer)
    assert.match(read.problem.mend, /^[A-Z].*\.$/)
  }
})

test('one bad document does not take the others with it; an answer without documents is none', () => {
  const { resources } = JSON.parse(newsFixture('cds-story.json')) as { resources: unknown[] }
  const read = good(readCds(JSON.stringify({ resources: [null, ...resources, { id: 'UPPER' }] })))
  assert.deepEqual(
    [read.items.length, read.problems.map(({ pointer }) => pointer)],
    [1, ['/resources/0', '/resources/2/id']],
  )
  assert.deepEqual(good(readCds('{"resources":[]}')).items, [])
})

test('names of Object.prototype are no assets', () => {
  const message = {
    id: 'a1-x',
    title: 'x',
    profiles: [{ href: '/v1/profiles/story', rels: ['type'] }],
    assets: {},
    layout: ['constructor', '__proto__', 'toString'].map((id) => ({ href: `#/assets/${id}` })),
  }
  assert.deepEqual(good(readCds(JSON.stringify(message))).items[0]!.body, [])
})

test('a film is a card that leads to its own page; parts nobody knows are skipped and named', () => {
  const asset = (type: string, more: object) => ({
    profiles: [{ href: `/v1/profiles/${type}`, rels: ['type'] }],
    ...more,
  })
  const message = {
    id: 'lakes-9',
    title: 'Films',
    profiles: [{ href: '/v1/profiles/story', rels: ['type'] }],
    webPages: [{ href: 'https://lakesnews.example/films', rels: ['canonical'] }],
    layout: ['as-a', 'as-b', 'as-c'].map((id) => ({ href: `#/assets/${id}` })),
    assets: {
      'as-a': asset('player-video', { title: 'The ferry, filmed' }),
      'as-b': asset('stream-player-video', {}),
      'as-c': asset('hologram', {}),
    },
  }
  const [item] = good(readCds(JSON.stringify(message))).items
  const card = { type: 'card', eyebrow: 'Video', href: 'https://lakesnews.example/films', itemId: null }
  assert.deepEqual(item!.body, [
    { ...card, title: 'The ferry, filmed' },
    { ...card, title: 'Watch the video' },
  ])
  assert.deepEqual(
    item!.notes.filter(({ pointer }) => pointer === '/assets/as-c').map(({ text }) => text),
    ['An asset of type hologram, which has no place in a story here; skipped.'],
  )
})

test(
  'all samples of CDS documents are read, or refused with a reason',
  { skip: existsSync(examples) ? false : `no folder ${examples}` },
  () => {
    const told = new Map<string, string>()
    for (const name of readdirSync(examples)) {
      const read = readCds(readFileSync(resolve(examples, name)))
      told.set(
        name,
        'problem' in read ? read.problem.message : `${read.items.length} items, ${read.problems.length} problems`,
      )
      if ('problem' in read) assert.match(read.problem.mend, /\.$/)
      else assert.ok(read.items.length + read.references.length > 0, name)
    }
    assert.equal(
      [...told.values()].filter((text) => /items/.test(text)).length,
      told.size - 2,
      JSON.stringify([...told]),
    )
  },
)

test('damaged documents never throw', () => {
  const whole = newsFixture('cds-story.json')
  const original = JSON.parse(whole) as unknown
  const paths = pathsOf(original)
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          path: fc.constantFrom(...paths),
          value: fc.oneof(fc.jsonValue(), fc.constantFrom(null, 0, '', [], {}, '#/assets/lk-t1', '<b>'.repeat(400))),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      (changes) => {
        const copy = structuredClone(original)
        // A copy of each value: what is put into it later would stand in the next document too, or in itself.
        for (const { path, value } of changes) put(copy, path, structuredClone(value))
        const read = readCds(JSON.stringify(copy))
        assert.ok('problem' in read || read.items.length + read.problems.length >= 0)
        assert.ok(
          !JSON.stringify(read).includes('restricted-bridge') ||
            JSON.stringify(changes).includes('lk-i2') ||
            JSON.stringify(changes).includes('resources'),
        )
      },
    ),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.nat(whole.length), fc.string({ unit: 'binary', maxLength: 5 }), (at, noise) => {
      readCds(whole.slice(0, at) + noise + whole.slice(at + 3))
      readCds(new TextEncoder().encode(whole).slice(0, at))
    }),
    { numRuns: 200 },
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readCds(bytes)))
})

const pathsOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))].filter(
        ({ length }) => length > 0,
      )
    : [path]

const put = (root: unknown, path: (string | number)[], value: unknown): void => {
  let at = root as Record<string, unknown>
  for (const key of path.slice(0, -1)) {
    const next = at[key]
    if (typeof next !== 'object' || next === null) return
    at = next as Record<string, unknown>
  }
  at[path.at(-1)!] = value
}

test('deep and wide documents are bounded', () => {
  const inset = (id: number, inner: number[]) => ({
    id: `a-${id}`,
    profiles: [{ href: '/v1/profiles/inset', rels: ['type'] }],
    layout: inner.map((one) => ({ href: `#/assets/a-${one}` })),
  })
  // Each container holds the next one ten times: 10^20 texts if it were followed.
  const assets = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`a-${at}`, inset(at, Array<number>(10).fill(at + 1))]),
  )
  const message = {
    id: 'a1-x',
    title: 'x',
    profiles: [{ href: '/v1/profiles/story', rels: ['type'] }],
    assets,
    layout: [{ href: '#/assets/a-0' }],
  }
  const started = performance.now()
  const { items } = good(readCds(JSON.stringify(message)))
  assert.ok(performance.now() - started < 2000)
  assert.deepEqual(items[0]!.body, [])
  good(
    readCds(
      `{"id":"a1-x","title":"x","profiles":[{"href":"/v1/profiles/story","rels":["type"]}],"x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    ),
  )
})

test('speed', (t) => {
  const bytes = Buffer.from(newsFixture('cds-story.json'))
  const documents = biography()
  const started = performance.now()
  let count = 0
  while (performance.now() - started < 300) {
    readCds(bytes, { documents, organizations })
    count++
  }
  t.diagnostic(
    `${Math.round((count * 1000) / (performance.now() - started))} CDS stories of ${bytes.length} bytes a second`,
  )
})
