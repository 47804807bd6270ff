import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import { checkConfig, formatProblem } from '../src/config/load.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const pages = globSync('**/*.md', {
  cwd: root,
  exclude: (path) => /(^|[/\\])(node_modules|build|dist|\.groundwave|\.git)$/.test(path),
}).toSorted()

/** What is written between fences is no Markdown. */
const withoutCode = (text: string): string => text.replaceAll(/^(```+)[^\n]*\n[\s\S]*?^\1\s*$/gm, '')

type Link = { page: string; target: string }

const linksOf = (page: string): Link[] =>
  [
    ...withoutCode(read(page))
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g),
  ].map(([, target]) => ({ page, target: target! }))

const relativeLinks = pages.flatMap(linksOf).filter(({ target }) => !/^[a-z][a-z\d+.-]*:/i.test(target))

/** A heading's anchor as the usual readers of Markdown make it: small letters, no punctuation, hyphens for spaces. */
const anchorsOf = (page: string): Set<string> => {
  const anchors = new Set<string>()
  const seen = new Map<string, number>()
  for (const [, heading] of withoutCode(read(page)).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading!
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(plain) ?? 0
    seen.set(plain, times + 1)
    anchors.add(times === 0 ? plain : `${plain}-${times}`)
  }
  return anchors
}

suite('links', () => {
  test('lead to files that exist', () => {
    const broken = relativeLinks.filter(({ page, target }) => {
      const path = decodeURIComponent(target.split('#', 1)[0] ?? '')
      return path !== '' && !existsSync(resolve(root, dirname(page), path))
    })
    assert.ok(relativeLinks.length > 50, 'the pages know each other')
    assert.deepEqual(broken, [])
  })

  test('lead to headings that exist', () => {
    const broken = relativeLinks.filter(({ page, target }) => {
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : relative(root, resolve(root, dirname(page), path))
      if (anchor === undefined || !file.endsWith('.md') || !existsSync(join(root, file))) return false
      return !anchorsOf(file).has(anchor)
    })
    assert.deepEqual(broken, [])
  })
})

test("README's two commands stand there, each in one line", () => {
  const lines = read('README.md').split('\n')
  for (const command of ['npm ci && npm start', 'npm ci && npm test'])
    assert.ok(lines.includes(command), `${command} is a line of its own`)
})

test('README shows the front page, in a file that loads quickly', () => {
  const [, picture] = /!\[[^\]]+\]\((docs\/[\w.-]+)\)/.exec(read('README.md')) ?? []
  assert.ok(picture, 'there is a picture')
  assert.ok(statSync(join(root, picture)).size <= 300 * 1024)
})

suite('the list of dependencies', () => {
  const page = globSync('docs/decisions/*-dependencies.md', { cwd: root })[0]!
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const sections = new Map(
    read(page)
      .split(/^## /m)
      .slice(1)
      .map((section) => [
        section.split('\n', 1)[0]!,
        [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name),
      ]),
  )
  for (const [heading, key] of [
    ['Production', 'dependencies'],
    ['Optional', 'optionalDependencies'],
    ['Development', 'devDependencies'],
  ] as const)
    test(`of package.json's ${key} is complete, and none is listed that is not there`, () => {
      assert.deepEqual(sections.get(heading)?.toSorted(), Object.keys(manifest[key] ?? {}).toSorted())
    })

  test('gives a reason for each', () => {
    for (const [line, reason] of read(page).matchAll(/^\| `[^`]+` \| (.+?) \|/gm)) assert.ok(reason!.length > 20, line)
  })
})

suite('numbered pages', () => {
  for (const { folder, digits } of [
    { folder: 'docs/guide', digits: 2 },
    { folder: 'docs/decisions', digits: 3 },
    { folder: 'docs/contracts', digits: 3 },
  ]) {
    const files = globSync('*.md', { cwd: join(root, folder) })
      .filter((file) => file !== 'README.md')
      .toSorted()

    test(`${folder} counts from one without holes`, () => {
      assert.ok(files.length > 0)
      assert.deepEqual(
        files.map((file) => file.slice(0, digits + 1)),
        files.map((_, at) => `${String(at + 1).padStart(digits, '0')}-`),
      )
    })

    test(`${folder}/README.md lists every page, in order`, () => {
      const listed = linksOf(`${folder}/README.md`)
        .map(({ target }) => basename(target))
        .filter((target) => /^\d+-/.test(target))
      assert.deepEqual(listed, files)
    })
  }
})

/** What a part of a configuration needs around it to be whole: a station and a stream. */
const whole = (text: string): string => {
  const keys = Object.keys(parse(text) as object)
  const rest = [
    ['station', 'station: { name: Test }'],
    ['mounts', 'mounts: [{ path: /live.mp3, name: Live, source: { password: choose-one } }]'],
  ].flatMap(([key, line]) => (keys.includes(key!) ? [] : [line!]))
  return [text, ...rest].join('\n')
}

test('every piece of configuration in the guide is one that Groundwave takes', () => {
  const pieces = pages
    .filter((page) => page.startsWith(join('docs', '')))
    .flatMap((page) =>
      [...read(page).matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => ({ page, text: text! })),
    )
  assert.ok(pieces.length > 5)
  for (const { page, text } of pieces)
    assert.deepEqual(
      checkConfig(whole(text)).map((problem) => formatProblem(problem, page)),
      [],
      text,
    )
})
