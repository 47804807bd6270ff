import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { PASSWORD, startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

suite('the studio’s door', () => {
  let house: House
  let ines: Hired
  before(async () => {
    house = await startHouse()
    ines = await house.hire('Ines Haldorsen', 'reporter')
  })
  after(() => house.stop())

  const signIn = (fields: Record<string, string>, headers: Record<string, string> = { origin: house.url }) =>
    fetch(`${house.url}/studio/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(fields),
    })

  test('who has no session is led to the sign-in and back to where one wanted to go', async () => {
    const answer = await fetch(`${house.url}/studio/account?tab=2`, { redirect: 'manual' })
    assert.equal(answer.status, 303)
    const to = answer.headers.get('location') ?? ''
    assert.equal(to, '/studio/sign-in?next=%2Fstudio%2Faccount%3Ftab%3D2')
    const page = await (await fetch(house.url + to)).text()
    assert.match(page, /name="next" value="\/studio\/account\?tab=2"/)
    const signed = await signIn({ email: ines.account.email, password: PASSWORD, next: '/studio/account?tab=2' })
    assert.equal(signed.headers.get('location'), '/studio/account?tab=2')
    assert.match(
      signed.headers.get('set-cookie') ?? '',
      /^groundwave=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('nobody is led out of the studio', async () => {
    for (const next of [
      'https://elsewhere.example',
      '//elsewhere.example',
      '/studio\\@elsewhere.example',
      '/studiox',
    ]) {
      const answer = await signIn({ email: ines.account.email, password: PASSWORD, next })
      assert.equal(answer.headers.get('location'), '/studio', next)
    }
  })

  test('a wrong password says how many tries are left, and keeps what was typed', async () => {
    const answer = await signIn({ email: 'theo@oxbow.example', password: 'not it' })
    assert.equal(answer.status, 401)
    const page = await answer.text()
    assert.match(page, /That name and password do not belong together\. Four tries left\./)
    assert.match(page, /value="theo@oxbow\.example"/)
    assert.equal(answer.headers.get('set-cookie'), null)
  })

  test('after five wrong ones the right one waits too, with the time to wait', async () => {
    const sam = await house.hire('Sam Tillery', 'host')
    for (let i = 0; i < 5; i++) assert.equal((await signIn({ email: sam.account.email, password: 'no' })).status, 401)
    const locked = await signIn({ email: sam.account.email, password: PASSWORD })
    assert.equal(locked.status, 429)
    assert.match(await locked.text(), /There were too many wrong passwords\. Try again in 15 minutes\./)
  })

  test('twenty wrong ones from one network lock that network, not the house', async () => {
    const from = (address: string, email: string) =>
      signIn({ email, password: 'no' }, { origin: house.url, 'x-forwarded-for': address })
    for (let i = 0; i < 20; i++) assert.equal((await from('198.51.100.7', `nobody${i}@oxbow.example`)).status, 401)
    assert.equal((await from('198.51.100.7', 'another@oxbow.example')).status, 429)
    assert.equal((await from('203.0.113.9', 'another@oxbow.example')).status, 401)
    assert.equal((await signIn({ email: ines.account.email, password: PASSWORD })).status, 303)
  })

  test('what another site sends is refused, with and without a session', async () => {
    const fields = { email: ines.account.email, password: PASSWORD }
    for (const headers of [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: house.url },
      { 'sec-fetch-site': 'same-site', origin: house.url },
      {},
    ]) {
      assert.equal((await signIn(fields, headers as Record<string, string>)).status, 403, JSON.stringify(headers))
      const signedOut = await fetch(`${house.url}/studio/sign-out`, {
        method: 'POST',
        headers: { cookie: ines.header, ...(headers as Record<string, string>) },
      })
      assert.equal(signedOut.status, 403)
    }
    assert.equal((await ines.ask('/studio')).status, 200)
    assert.equal((await signIn(fields, { 'sec-fetch-site': 'same-origin' })).status, 303)
  })

  test('a script is refused in JSON', async () => {
    const answer = await fetch(`${house.url}/studio`, { headers: { accept: 'application/json' }, redirect: 'manual' })
    assert.equal(answer.status, 401)
    assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'SIGN_IN_NEEDED')
    const nowhere = await ines.ask('/studio/nowhere', { headers: { accept: 'application/json' } })
    assert.equal(nowhere.status, 404)
  })

  test('pages are kept by nobody, and may load nothing from elsewhere', async () => {
    const { headers } = await ines.ask('/studio')
    assert.equal(headers.get('cache-control'), 'no-store')
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;/)
    assert.match(policy, /frame-src 'self'/)
    assert.doesNotMatch(policy, /unsafe/)
  })

  test('signing out ends the session, not only the cookie', async () => {
    const ruth = await house.hire('Ruth Vantongeren', 'reporter')
    const answer = await ruth.post('/studio/sign-out')
    assert.equal(answer.headers.get('location'), '/studio/sign-in')
    assert.match(answer.headers.get('set-cookie') ?? '', /^groundwave=; Max-Age=0; Path=\//)
    assert.equal((await ruth.ask('/studio')).status, 303)
  })

  test('an invitation makes an account once; what will not do is said, and the rest stays typed', async () => {
    const { path } = await house.people.invite({ email: 'mina@oxbow.example', role: 'host', by: 'test' })
    const page = await (await fetch(house.url + path)).text()
    assert.match(page, /You are invited to Oxbow Public Radio as host\. You will sign in as mina@oxbow\.example\./)
    const join = (fields: Record<string, string>) =>
      fetch(house.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: house.url },
        body: new URLSearchParams(fields),
      })
    const weak = await join({ name: 'Mina Castellane', password: 'password123' })
    assert.equal(weak.status, 400)
    const said = await weak.text()
    assert.match(said, /That password will not do\./)
    assert.match(said, /value="Mina Castellane"/)
    const joined = await join({ name: 'Mina Castellane', password: PASSWORD })
    assert.equal(joined.headers.get('location'), '/studio')
    const cookie = (joined.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    assert.match(await (await fetch(`${house.url}/studio`, { headers: { cookie } })).text(), /Mina Castellane/)
    assert.equal((await join({ name: 'Another', password: PASSWORD })).status, 410)
  })

  test('a link for a new password ends the sessions there are', async () => {
    const theo = await house.hire('Theo Abara', 'reporter')
    const { path } = await house.people.resetLink({ email: theo.account.email, by: 'test' })
    const answer = await theo.post(path, { password: 'nine boats in the morning fog' })
    assert.equal(answer.headers.get('location'), '/studio')
    assert.equal((await theo.ask('/studio')).status, 303)
  })
})
