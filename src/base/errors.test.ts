import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { errorRegistry, GroundwaveError } from './errors.ts'

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (.*?) \| (.*?) \|$/gm)].map(
  ([, code, status, message, hint]) => ({ code, status, message, hint }),
)

test('docs/errors.md lists every error, and none that does not exist, word for word', () => {
  const registry = Object.entries(errorRegistry).map(([code, { status, message, hint }]) => ({
    code,
    status: String(status),
    message,
    hint,
  }))
  assert.deepEqual(rows, registry)
})

test('every error says how to mend it, in a sentence', () => {
  for (const [code, { hint }] of Object.entries(errorRegistry)) assert.match(hint, /^[A-Z].*\.$/, code)
})

test('an error carries its code, status, hint and particulars', () => {
  const error = new GroundwaveError('PORT_TAKEN', '(8000)')
  assert.equal(error.message, 'The port is in use by another program. (8000)')
  assert.equal(error.status, 500)
  assert.match(error.hint, /another port/)
})
