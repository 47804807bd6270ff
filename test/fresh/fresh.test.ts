import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'

const wanted = process.env['CI'] === 'true' || process.env['GROUNDWAVE_FRESH'] === '1'
const skip = wanted ? {} : { skip: 'it installs from the package registry: set GROUNDWAVE_FRESH=1' }
const isRoot = process.getuid?.() === 0

describe('the README, from a fresh clone', skip, () => {
  const prove = (t: TestContext, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(import.meta.dirname, 'fresh-clone.sh'), args, {
      encoding: 'utf8',
      timeout: 600_000,
    })
    for (const line of stdout.trim().split('\n')) t.diagnostic(line)
    assert.equal(status, 0, stderr)
  }

  test('clone, install, start, pack', (t) => prove(t))
  test('the same for an ordinary user', isRoot ? {} : { skip: 'the first test was one already' }, (t) =>
    prove(t, '--user'),
  )
})
