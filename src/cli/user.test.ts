import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { openStore } from '../store/store.ts'
import { depsWith, PASSWORD } from '../people/people.fixture.ts'
import { openPeople } from '../people/people.ts'
import { silentLog } from '../base/log.ts'
import { init } from './init.ts'
import { user } from './user.ts'

// The station under test is the one in its folder, whatever the machine's own is.
delete process.env['GROUNDWAVE_DATABASE']
const folder = mkdtempSync(join(tmpdir(), 'groundwave-user-'))
after(() => rmSync(folder, { recursive: true }))

const run = async (...args: string[]) => {
  let said = ''
  await user([...args, '--station', folder], (text) => (said += text))
  return said
}

/** The station's own view, as its running house has it. */
const house = async () => {
  const { clock, ids } = depsWith(undefined as never)
  const store = await openStore({ url: null, folder, clock, ids, log: silentLog })
  return { store, people: openPeople(depsWith(store)) }
}

suite('groundwave user', () => {
  test('invites, lists, resets, makes keys and ends sessions, while the house runs', async () => {
    await init(folder)
    const { store, people } = await house()
    assert.match(await run('list'), /Nobody has an account yet/)
    const invited = await run('invite', 'Ida@ferry.example', 'editor')
    const token = /http:\/\/localhost:8080\/studio\/welcome\/([\w-]{43})\n$/.exec(invited)?.[1]
    const { cookie } = await people.join({ token: token ?? '', name: 'Ida Berg', password: PASSWORD, agent: '' })
    assert.equal(await run('list'), 'ida@ferry.example  editor    Ida Berg\n')
    const key = (await run('token', 'ida@ferry.example', 'the', 'demo')).trim()
    assert.equal((await people.bearer(key))?.account.name, 'Ida Berg')
    assert.equal(await run('end-sessions', 'ida@ferry.example'), 'Ida Berg was signed in once, and is so no longer.\n')
    assert.equal(await people.session(cookie.value), null)
    const reset = /welcome\/([\w-]{43})\n$/.exec(await run('reset', 'ida@ferry.example'))?.[1] ?? ''
    assert.equal((await people.link(reset)).kind, 'reset')
    const events = await store.events.since(0, 100)
    assert.deepEqual(
      events.filter(({ actor }) => actor === 'cli').map(({ type }) => type),
      ['person.invited', 'token.made', 'session.ended', 'password.reset-offered'],
    )
    await store.stop()
  })

  test('says what is wrong', async () => {
    await assert.rejects(run('invite', 'per@ferry.example', 'boss'), { code: 'ROLE_UNKNOWN' })
    await assert.rejects(run('reset', 'nobody@ferry.example'), { code: 'ACCOUNT_UNKNOWN' })
    await assert.rejects(run('constructor'), { code: 'USAGE' })
    await assert.rejects(run(), { code: 'USAGE' })
    await assert.rejects(user(['list', '--station', join(folder, 'nothing')]), { code: 'CONFIG_MISSING' })
  })
})
