import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const src = join(root, 'src')

/** Left may import right, never back; folders of one rank do not know each other, except as `edges` says. */
const ranks: string[][] = [
  ['main'],
  ['cli'],
  ['station'],
  ['server'],
  ['site', 'studio', 'api'],
  [
    'wire',
    'ondemand',
    'music',
    'archive',
    'audience',
    'search',
    'newsroom',
    'alerts',
    'schedule',
    'air',
    'library',
    'people',
    'look',
  ],
  ['store', 'config'],
  ['formats'],
  ['base'],
]
const edges: Record<string, string[]> = {
  archive: ['air'],
  audience: ['air'],
  music: ['air', 'schedule'],
  ondemand: ['archive', 'library', 'schedule'],
  newsroom: ['people', 'library'],
  wire: ['newsroom', 'library'],
}
/** What others may import of a domain; everything else in its folder is private. */
const doors: Record<string, string[]> = { air: ['air.ts', 'air-view.ts'] }

const rankOf = (place: string) => ranks.findIndex((rank) => rank.includes(place))

/** The folder below src/ a file belongs to; for files directly in src/, their name. */
const placeOf = (file: string) => relative(src, file).split(sep)[0]!.replace(/\.ts$/, '')

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => join(src, path))
  // Browser code may lie among a page's files; it is built apart and has a wall of its own below.
  .toSorted()

const importsOf = (file: string): { target: string; typeOnly: boolean }[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s+'(\.[^']+)'|(?:import|import\.meta\.resolve)\(\s*'(\.[^']+)'\s*\)/g,
    ),
  ].map(([, type, from, dynamic]) => ({
    target: resolve(dirname(file), (from ?? dynamic)!),
    typeOnly: type !== undefined,
  }))

test('imports go one way', () => {
  const wrong: string[] = []
  for (const file of sources.filter((path) => !path.includes(`${sep}player${sep}`))) {
    const from = placeOf(file)
    assert.ok(rankOf(from) >= 0, `${relative(root, file)} is in no rank of ARCHITECTURE.md`)
    for (const { target } of importsOf(file)) {
      const to = placeOf(target)
      if (from === to || to === 'player' || !target.startsWith(src)) continue
      const allowed = rankOf(from) < rankOf(to) || edges[from]?.includes(to)
      if (!allowed) wrong.push(`${relative(root, file)} imports ${relative(root, target)}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the air knows no stories, no schedule and no database', () => {
  const allowed = new Set(['air', 'base', 'config', 'formats'])
  const reached = sources
    .filter((file) => placeOf(file) === 'air')
    .flatMap((file) => importsOf(file).map(({ target }) => placeOf(target)))
  assert.deepEqual(
    [...new Set(reached)].filter((place) => !allowed.has(place)),
    [],
  )
})

test('formats do no I/O: no sockets, no files, no timers', () => {
  const io =
    /from 'node:(net|http|fs|fs\/promises|dgram|tls|child_process|worker_threads)'|\bsetTimeout\(|\bsetInterval\(/
  const guilty = sources.filter(
    (file) => placeOf(file) === 'formats' && !file.endsWith('.test.ts') && io.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(
    guilty.map((file) => relative(root, file)),
    [],
  )
})

test('others come in by the door', () => {
  const wrong: string[] = []
  for (const file of sources.filter((path) => !path.endsWith('.test.ts'))) {
    for (const { target } of importsOf(file)) {
      const to = placeOf(target)
      const door = doors[to]
      if (!door || placeOf(file) === to) continue
      if (!door.includes(relative(join(src, to), target)))
        wrong.push(`${relative(root, file)} imports ${relative(root, target)}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('browser code imports of the server nothing but what runs everywhere', () => {
  const wrong: string[] = []
  for (const file of sources.filter((path) => path.endsWith('.client.ts'))) {
    for (const { target, typeOnly } of importsOf(file)) {
      if (!typeOnly && /from 'node:/.test(readFileSync(target, 'utf8')))
        wrong.push(`${relative(root, file)} imports ${relative(root, target)}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('files stay small: none over 600 lines', () => {
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 600)
  assert.deepEqual(
    long.map((file) => relative(root, file)),
    [],
  )
})

test('no index.ts, no utils, no default exports', () => {
  assert.deepEqual(
    sources.filter((file) => /[/\\](index|utils?|helpers?)\.ts$|[/\\]utils?[/\\]/.test(file)),
    [],
  )
  assert.deepEqual(
    sources.filter((file) => /^export default/m.test(readFileSync(file, 'utf8'))),
    [],
  )
})

test('ARCHITECTURE.md names only files that exist', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const named = [...text.matchAll(/`((?:src|test|bench|demo|docs|scripts)\/[\w./-]+)`/g)].map(([, path]) => path!)
  assert.ok(named.length > 20, 'it walks through the code')
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  )
})
