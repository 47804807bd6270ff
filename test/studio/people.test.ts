import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, skip } from '../site/browser.ts'
import { faultsOfPages, looks } from './faults.ts'
import { PASSWORD, startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

suite('people and one’s own account', () => {
  let house: House
  let admin: Hired
  let ines: Hired
  before(async () => {
    house = await startHouse()
    admin = await house.hire('Rosalind Achterberg', 'admin')
    ines = await house.hire('Ines Haldorsen', 'reporter')
  })
  after(() => house.stop())

  const secretOf = (page: string) => /readonly\s+value="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no secret is shown')

  test('an invitation is shown once as a link, and can be taken back', async () => {
    const page = await (
      await admin.post('/studio/people/invitations', { email: 'theo@oxbow.example', role: 'host' })
    ).text()
    const link = secretOf(page)
    assert.ok(link.startsWith(`${house.url}/studio/welcome/`))
    assert.equal((await fetch(link)).status, 200)
    const list = await (await admin.ask('/studio/people')).text()
    assert.match(list, /theo@oxbow\.example/)
    assert.ok(!list.includes(link))
    const [, id] = /invitations\/([\da-f-]+)\/withdraw/.exec(list) ?? []
    await admin.post(`/studio/people/invitations/${id}/withdraw`)
    assert.equal((await fetch(link)).status, 410)
  })

  test('what is wrong with an invitation is said, and what was typed is kept', async () => {
    const answer = await admin.post('/studio/people/invitations', { email: 'nonsense', role: 'engineer' })
    assert.equal(answer.status, 400)
    const page = await answer.text()
    assert.match(page, /That is not an e-mail address\./)
    assert.match(page, /value="nonsense"/)
    assert.match(page, /value="engineer" checked/)
    assert.equal((await admin.post('/studio/people/invitations', { email: 'a@b.example', role: 'king' })).status, 400)
  })

  test('everybody sees who works here; only admins are shown the handles', async () => {
    const page = await (await ines.ask('/studio/people')).text()
    assert.match(page, /Rosalind Achterberg/)
    assert.doesNotMatch(page, /Invite somebody|\/studio\/people\/[\da-f-]{36}/)
  })

  test('a role holds from the next request on, and the last admin stays one', async () => {
    const per = await house.hire('Per Lind', 'host')
    assert.equal((await per.post('/studio/people/invitations', { email: 'a@b.example', role: 'host' })).status, 403)
    assert.match(
      await (await admin.post(`/studio/people/${per.account.id}/role`, { role: 'admin' })).text(),
      /The role has changed/,
    )
    assert.equal((await per.post('/studio/people/invitations', { email: 'a@b.example', role: 'host' })).status, 200)
    await admin.post(`/studio/people/${per.account.id}/role`, { role: 'host' })
    const last = await admin.post(`/studio/people/${admin.account.id}/role`, { role: 'host' })
    assert.equal(last.status, 400)
    assert.match(await last.text(), /The station needs an admin\./)
  })

  test('a closed account is out at once, and in again when it is opened', async () => {
    const mina = await house.hire('Mina Castellane', 'host')
    const at = `/studio/people/${mina.account.id}`
    assert.match(
      await (await admin.post(`${at}/suspend`, { reason: 'has left' })).text(),
      /Closed by Rosalind Achterberg,\s[^<]*has left/,
    )
    assert.equal((await mina.ask('/studio')).status, 303)
    await admin.post(`${at}/readmit`)
    const link = secretOf(await (await admin.post(`${at}/reset`)).text())
    const joined = await mina.post(new URL(link).pathname, { password: 'nine boats in the morning fog' })
    assert.equal(joined.status, 303)
  })

  test('one’s own: name, password, sessions, keys', async () => {
    const sam = await house.hire('Sam Tillery', 'reporter')
    assert.match(
      await (await sam.post('/studio/account/name', { name: 'Samuel Tillery' })).text(),
      /<b>Samuel Tillery<\/b>/,
    )
    const wrong = await sam.post('/studio/account/password', { old: 'no', password: 'nine boats in the morning fog' })
    assert.match(await wrong.text(), /That is not your password of today\./)
    const elsewhere = await house.people.signIn({
      email: sam.account.email,
      password: PASSWORD,
      address: '192.0.2.7',
      agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    })
    const page = await (await sam.ask('/studio/account')).text()
    assert.match(page, /Firefox on Linux/)
    await sam.post(`/studio/account/sessions/${elsewhere.sessionId}/end`)
    assert.equal(await house.people.session(elsewhere.cookie.value), null)
    const key = secretOf(await (await sam.post('/studio/account/tokens', { name: 'the ticker' })).text())
    assert.equal((await house.people.bearer(key))?.account.id, sam.account.id)
    const after = await (await sam.ask('/studio/account')).text()
    assert.ok(!after.includes(key))
    const [, id] = /account\/tokens\/([\da-f-]+)\/revoke/.exec(after) ?? []
    await sam.post(`/studio/account/tokens/${id}/revoke`)
    assert.equal(await house.people.bearer(key), null)
    const done = await sam.post('/studio/account/password', {
      old: PASSWORD,
      password: 'nine boats in the morning fog',
    })
    assert.match(await done.text(), /Your password has changed/)
    assert.equal((await sam.ask('/studio')).status, 200)
  })

  test('nobody ends another’s session or revokes another’s key by guessing its id', async () => {
    const [session] = await house.people.sessionsOf(admin.account.id)
    await ines.post(`/studio/account/sessions/${session?.id}/end`)
    assert.equal((await admin.ask('/studio')).status, 200)
    const { id, token } = await house.people.makeToken({ accountId: admin.account.id, name: 'x', by: 'test' })
    await ines.post(`/studio/account/tokens/${id}/revoke`)
    assert.ok(await house.people.bearer(token))
  })

  suite('in a browser', { skip }, () => {
    let browser: Browser
    before(async () => {
      browser = await launchBrowser()
      await house.people.invite({ email: 'waits@oxbow.example', role: 'host', by: admin.account.id })
    })
    after(() => browser.close())

    for (const look of looks)
      test(`usable by everybody: ${look.width} px, ${look.colorScheme}`, async () => {
        const paths = ['/studio/people', `/studio/people/${ines.account.id}`, '/studio/account']
        assert.deepEqual(await faultsOfPages({ browser, url: house.url, cookie: admin.header, paths, ...look }), [])
      })
  })
})
