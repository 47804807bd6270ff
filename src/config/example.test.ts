import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { isMap, isScalar, isSeq, LineCounter, parse, parseDocument } from 'yaml'
import { allKeys } from './known-keys.ts'
import type { KnownKey } from './known-keys.ts'
import { checkConfig, formatProblem } from './load.ts'

const file = 'groundwave.example.yaml'
const asItIs = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
/** Settings that are off are written `#key: …`; words are written `# …`. */
const allOn = asItIs.replaceAll(/^(\s*)#(?=[a-z]|\s{2,})/gm, '$1')

const known = new Map(allKeys().map((key) => [key.path, key]))

/** Path of the schema → what is said about it in the comment above it or beside it, where it stands first. */
const readKeys = (text: string): Map<string, string> => {
  const counter = new LineCounter()
  const lines = text.split('\n')
  const found = new Map<string, string>()
  const walk = (node: unknown, path: string) => {
    if (isSeq(node)) for (const item of node.items) walk(item, `${path}[]`)
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      assert.ok(isScalar(key) && key.range)
      // The keys of programs and of schedule are the station's own.
      const name = known.get(path)?.group && !known.has(`${path}.${String(key.value)}`) ? '*' : String(key.value)
      const under = path ? `${path}.${name}` : name
      const line = counter.linePos(key.range[0]).line - 1
      if (name !== '*' && !found.has(under)) found.set(under, commentAt(lines, line))
      walk(value, under)
    }
  }
  walk(parseDocument(text, { lineCounter: counter }).contents, '')
  return found
}

const commentAt = (lines: string[], line: number): string => {
  let first = line
  while (/^\s*# /.test(lines[first - 1] ?? '')) first--
  return lines
    .slice(first, line)
    .map((text) => text.replace(/^\s*# /, ''))
    .join(' ')
}

/** What a comment says about leaving the key out. */
const readDefault = (comment: string) => {
  const said = /(?:^| )(?:(Needed)|(None by default)|Default: (.+))\.$/.exec(comment)
  if (!said) return 'nothing'
  if (said[1]) return 'needed'
  return said[2] ? 'none' : { default: parse(said[3] ?? '') as unknown }
}

const expected = ({ needed, default: value }: KnownKey) => {
  if (needed) return 'needed'
  return value === undefined ? 'none' : { default: value }
}

suite(file, () => {
  const keys = readKeys(allOn)

  test('can be used as it is', () =>
    assert.deepEqual(
      checkConfig(asItIs).map((one) => formatProblem(one, file)),
      [],
    ))
  test('can be used with everything on', () =>
    assert.deepEqual(
      checkConfig(allOn).map((one) => formatProblem(one, file)),
      [],
    ))
  test('explains every key there is, and no other', () =>
    assert.deepEqual([...keys.keys()].sort(), [...known.keys()].sort()))

  for (const [path, key] of known) {
    // Of a group with a default there is nothing to say but what its own keys say.
    if (key.group && key.default !== undefined) continue
    test(`says what holds without ${path}`, () => assert.deepEqual(readDefault(keys.get(path) ?? ''), expected(key)))
  }
})
