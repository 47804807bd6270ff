import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { openPeople } from './people.ts'
import { AGENT, DAY, depsWith, MINUTE, PASSWORD, staff, told } from './people.fixture.ts'

const wrong = 'not the password at all'

suite('people: links', () => {
  onBothEngines('the first admin comes by a link that works once, and only while nobody is there', async ({ open }) => {
    const { people, admin, store } = await staff(open)
    assert.equal(admin.account.role, 'admin')
    assert.equal(admin.account.email, 'rosalind@ferry.example')
    assert.equal(await people.firstAdminLink(), null)
    assert.deepEqual(await told(store), ['person.joined', 'session.began'])
  })

  onBothEngines('whoever else has an account: as long as there is no admin, there is a way in', async ({ open }) => {
    const people = openPeople(depsWith(await open()))
    const { token: invited } = await people.invite({ email: 'ida@x.example', role: 'editor', by: 'cli' })
    await people.join({ token: invited, name: 'Ida', password: PASSWORD, agent: AGENT })
    const [first, second] = [await people.firstAdminLink(), await people.firstAdminLink()]
    const join = { name: 'Per', email: 'per@x.example', password: PASSWORD, agent: AGENT }
    const { account } = await people.join({ ...join, token: first?.token ?? '' })
    assert.equal(account.role, 'admin')
    assert.equal(await people.firstAdminLink(), null)
    const late = people.join({ ...join, email: 'ada@x.example', token: second?.token ?? '' })
    await assert.rejects(late, { code: 'LINK_DEAD' })
  })

  onBothEngines('of two who open the first admin’s link at once one becomes admin', async ({ open }) => {
    const [a, b] = [openPeople(depsWith(await open())), openPeople(depsWith(await open()))]
    const { token } = (await a.firstAdminLink()) ?? assert.fail()
    const join = (email: string) => ({ token, name: 'Ida', email, password: PASSWORD, agent: AGENT })
    const results = await Promise.allSettled([
      a.join(join('a@x.example')),
      b.join(join('b@x.example')),
      a.join(join('c@x.example')),
    ])
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected', 'rejected'])
    for (const result of results)
      if (result.status === 'rejected') assert.equal((result.reason as { code: string }).code, 'LINK_DEAD')
    assert.equal((await a.list()).length, 1)
  })

  onBothEngines(
    'an invitation lives seven days, serves once, and its token is not in the database',
    async ({ open }) => {
      const { people, admin, turn, store } = await staff(open)
      const by = admin.account.id
      const invite = (email: string) => people.invite({ email, role: 'reporter', by })
      const { token, path } = await invite(' Ida@Ferry.example')
      assert.equal(path, `/studio/welcome/${token}`)
      const stored = JSON.stringify(await store.read.selectFrom('links').selectAll().execute())
      assert.ok(!stored.includes(token))
      const shown = await people.link(token)
      assert.deepEqual([shown.kind, shown.email, shown.role], ['invitation', 'ida@ferry.example', 'reporter'])
      const join = (token: string, password = PASSWORD) =>
        people.join({ token, name: ' Ida  Berg ', password, agent: AGENT })
      await assert.rejects(join(token, 'short'), {
        code: 'PASSWORD_WEAK',
        message: /10 characters or more; this one has 5/,
      })
      const { account } = await join(token)
      assert.deepEqual([account.name, account.email, account.role], ['Ida Berg', 'ida@ferry.example', 'reporter'])
      await assert.rejects(join(token), { code: 'LINK_DEAD' })
      await assert.rejects(people.link(token), { code: 'LINK_DEAD' })
      await assert.rejects(invite('ida@ferry.example'), { code: 'EMAIL_TAKEN' })
      await assert.rejects(invite('ida at ferry'), { code: 'EMAIL_INVALID' })
      const old = await invite('per@ferry.example')
      const newer = await invite('per@ferry.example')
      await assert.rejects(join(old.token), { code: 'LINK_DEAD' })
      turn(7 * DAY)
      await assert.rejects(join(newer.token), { code: 'LINK_DEAD' })
      assert.deepEqual(await people.invitations(), [])
    },
  )

  onBothEngines('an invitation can be taken back', async ({ open }) => {
    const { people, admin } = await staff(open)
    const by = admin.account.id
    const { token } = await people.invite({ email: 'ida@ferry.example', role: 'host', by })
    const [invitation] = await people.invitations()
    assert.equal(await people.withdraw({ id: invitation?.id ?? '', by }), true)
    await assert.rejects(people.link(token), { code: 'LINK_DEAD' })
  })

  onBothEngines('a link for a new password ends all sessions and opens the lock', async ({ open }) => {
    const { people, admin, hire, signIn, turn } = await staff(open)
    const ida = await hire('ida', 'reporter')
    for (let n = 0; n < 5; n++) await assert.rejects(signIn('ida@ferry.example', wrong))
    const offer = () => people.resetLink({ email: 'IDA@ferry.example', by: admin.account.id })
    const { token } = await offer()
    assert.ok(await people.session(ida.cookie.value), 'nothing changes until the link is used')
    const fresh = 'nine boats in the morning fog'
    const { cookie } = await people.reset({ token, password: fresh, agent: AGENT })
    assert.equal(await people.session(ida.cookie.value), null)
    assert.equal((await people.session(cookie.value))?.account.id, ida.account.id)
    await assert.rejects(signIn('ida@ferry.example'), { code: 'SIGN_IN_WRONG' })
    await signIn('ida@ferry.example', fresh)
    await assert.rejects(people.reset({ token, password: PASSWORD, agent: AGENT }), { code: 'LINK_DEAD' })
    const late = await offer()
    turn(3 * DAY)
    await assert.rejects(people.reset({ token: late.token, password: PASSWORD, agent: AGENT }), { code: 'LINK_DEAD' })
    await assert.rejects(people.resetLink({ email: 'nobody@ferry.example', by: 'cli' }), { code: 'ACCOUNT_UNKNOWN' })
  })
})

suite('people: signing in', () => {
  onBothEngines('name and password, and then a cookie', async ({ open }) => {
    const { people, admin, signIn, store } = await staff(open)
    const { account, cookie } = await signIn(' ROSALIND@ferry.example ')
    assert.equal(account.id, admin.account.id)
    const { value, ...attributes } = cookie
    assert.match(value, /^[\w-]{43}$/)
    assert.deepEqual(attributes, {
      name: '__Host-groundwave',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: (30 * DAY) / 1000,
    })
    assert.ok(!JSON.stringify(await store.read.selectFrom('sessions').selectAll().execute()).includes(value))
    await people.signOut(value)
    assert.equal(await people.session(value), null)
    assert.deepEqual((await told(store)).slice(-2), ['session.began', 'session.ended'])
  })

  onBothEngines(
    'five wrong passwords lock a name for a quarter of an hour, from wherever they come',
    async ({ open }) => {
      const { hire, signIn, turn, store } = await staff(open)
      await hire('ida', 'reporter')
      const ida = 'ida@ferry.example'
      const tell = ['Four tries left.', 'Three tries left.', 'Two tries left.', 'One try left.']
      for (const [n, left] of tell.entries()) {
        const message = `That name and password do not belong together. ${left}`
        await assert.rejects(signIn(ida, wrong, `192.0.2.${n}`), { code: 'SIGN_IN_WRONG', message })
        turn(MINUTE)
      }
      await assert.rejects(signIn(ida, wrong, '192.0.2.9'), {
        code: 'SIGN_IN_WRONG',
        message: /Try again in 11 minutes\.$/,
      })
      await assert.rejects(signIn(ida, PASSWORD, '192.0.2.10'), {
        code: 'SIGN_IN_LOCKED',
        message: /Try again in 11 minutes\.$/,
      })
      await signIn('rosalind@ferry.example')
      turn(11 * MINUTE + 1)
      await signIn(ida)
      // The right password wipes the slate.
      await assert.rejects(signIn(ida, wrong), { message: /Four tries left/ })
      const tries = JSON.stringify(await store.read.selectFrom('login_tries').selectAll().execute())
      assert.doesNotMatch(tries, /192\.0\.2|ferry/)
    },
  )

  onBothEngines('a name nobody has is told the same, and counted the same', async ({ open }) => {
    const { signIn } = await staff(open)
    await assert.rejects(signIn('nobody@ferry.example', wrong), {
      code: 'SIGN_IN_WRONG',
      message: /together\. Four tries left\.$/,
    })
    for (let n = 0; n < 4; n++) await assert.rejects(signIn('nobody@ferry.example', wrong), { code: 'SIGN_IN_WRONG' })
    await assert.rejects(signIn('nobody@ferry.example', wrong), { code: 'SIGN_IN_LOCKED' })
  })

  onBothEngines('twenty wrong ones from one network shut it out, whatever the names', async ({ open }) => {
    const { signIn } = await staff(open)
    for (let n = 0; n < 20; n++)
      await assert.rejects(signIn(`n${n}@x.example`, wrong, `2001:db8:1:2::${n}`), { code: 'SIGN_IN_WRONG' })
    await assert.rejects(signIn('rosalind@ferry.example', PASSWORD, '2001:db8:1:2::ff'), { code: 'SIGN_IN_LOCKED' })
    await signIn('rosalind@ferry.example', PASSWORD, '2001:db8:1:3::1')
  })

  onBothEngines('a hundred guesses at once, in two houses, are a hundred guesses', async ({ open }) => {
    const { deps, signIn } = await staff(open)
    const other = openPeople({ ...deps, store: await open({ clock: deps.clock }) })
    const guess = { email: 'rosalind@ferry.example', password: wrong, address: '192.0.2.50', agent: AGENT }
    const guesses = Array.from({ length: 30 }, (_, n) =>
      n % 2 ? other.signIn(guess) : signIn(guess.email, wrong, guess.address),
    )
    const codes = (await Promise.allSettled(guesses)).map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'in',
    )
    assert.equal(codes.filter((code) => code === 'SIGN_IN_WRONG').length, 5)
    assert.equal(codes.filter((code) => code === 'SIGN_IN_LOCKED').length, 25)
  })

  onBothEngines('a password that was hashed for less is hashed anew at the next log-in', async ({ open }) => {
    const { store, deps, admin } = await staff(open)
    const stricter = openPeople({ ...deps, store, cost: { memory: 128, passes: 2, parallelism: 1 } })
    const stored = async () =>
      (await store.read.selectFrom('accounts').select('password').executeTakeFirstOrThrow()).password
    assert.match(await stored(), /m=64,t=1/)
    await stricter.signIn({ email: admin.account.email, password: PASSWORD, address: '', agent: '' })
    assert.match(await stored(), /m=128,t=2/)
    await stricter.signIn({ email: admin.account.email, password: PASSWORD, address: '', agent: '' })
  })
})

suite('people: sessions and keys', () => {
  onBothEngines('a session is lengthened by use, and ends when it is left or after half a year', async ({ open }) => {
    const { people, admin, turn } = await staff(open)
    const token = admin.cookie.value
    assert.equal((await people.session(token))?.cookie, null)
    for (let day = 0; day < 160; day += 20) {
      turn(20 * DAY)
      assert.equal((await people.session(token))?.cookie?.maxAge, (Math.min(30, 160 - day) * DAY) / 1000)
    }
    turn(20 * DAY)
    assert.equal(await people.session(token), null)
    assert.equal(await people.session('nonsense'), null)
  })

  onBothEngines('one sees where one is signed in, and ends it', async ({ open }) => {
    const { people, admin, signIn, turn } = await staff(open)
    turn(MINUTE)
    const second = await signIn(admin.account.email)
    turn(MINUTE)
    const third = await signIn(admin.account.email)
    const id = admin.account.id
    const seen = await people.sessionsOf(id)
    assert.deepEqual(
      seen.map((one) => one.id),
      [third.sessionId, second.sessionId, admin.sessionId],
    )
    assert.equal(seen[0]?.agent, AGENT)
    assert.equal(await people.endSessions({ accountId: id, only: second.sessionId, by: id }), 1)
    assert.equal(await people.session(second.cookie.value), null)
    assert.equal(await people.endSessions({ accountId: id, except: third.sessionId, by: id }), 1)
    assert.equal((await people.sessionsOf(id)).length, 1)
    assert.equal(await people.endSessions({ accountId: 'somebody else', only: third.sessionId, by: id }), 0)
  })

  onBothEngines('a key is shown once, works until it is revoked, and carries its owner’s role', async ({ open }) => {
    const { people, admin, hire, store } = await staff(open)
    const { account } = await hire('ida', 'reporter')
    const by = account.id
    const { id, token } = await people.makeToken({ accountId: account.id, name: 'Phone', by })
    assert.match(token, /^gw_[\w-]{43}$/)
    assert.ok(!JSON.stringify(await store.read.selectFrom('api_tokens').selectAll().execute()).includes(token))
    assert.equal((await people.bearer(token))?.account.role, 'reporter')
    await people.changeRole({ id: account.id, role: 'editor', by: admin.account.id })
    assert.equal((await people.bearer(token))?.account.role, 'editor')
    const [shown] = await people.tokensOf(account.id)
    assert.deepEqual([shown?.name, typeof shown?.usedAt], ['Phone', 'number'])
    assert.equal(await people.revokeToken({ id, accountId: admin.account.id, by }), false)
    assert.equal(await people.revokeToken({ id, accountId: account.id, by }), true)
    assert.equal(await people.bearer(token), null)
    for (const none of ['', 'gw_', `gw_${'x'.repeat(43)}`, admin.cookie.value])
      assert.equal(await people.bearer(none), null)
  })
})

suite('people: accounts', () => {
  onBothEngines('a closed account is out at once, and comes back when it is opened', async ({ open }) => {
    const { people, admin, hire, signIn, store } = await staff(open)
    const ida = await hire('ida', 'reporter')
    const { token } = await people.makeToken({ accountId: ida.account.id, name: 'x', by: ida.account.id })
    const by = admin.account.id
    await people.suspend({ id: ida.account.id, reason: 'has left', by })
    assert.equal(await people.session(ida.cookie.value), null)
    assert.equal(await people.bearer(token), null)
    await assert.rejects(signIn('ida@ferry.example'), { code: 'SIGN_IN_SUSPENDED' })
    const shown = await people.account(ida.account.id)
    assert.deepEqual([shown?.suspended?.by, shown?.suspended?.reason], [by, 'has left'])
    await people.readmit({ id: ida.account.id, by })
    await signIn('ida@ferry.example')
    assert.ok((await told(store)).includes('person.suspended'))
  })

  onBothEngines('the station never loses its last admin', async ({ open }) => {
    const { people, admin, hire } = await staff(open)
    const id = admin.account.id
    await assert.rejects(people.changeRole({ id, role: 'editor', by: id }), { code: 'LAST_ADMIN' })
    await assert.rejects(people.suspend({ id, reason: '', by: id }), { code: 'LAST_ADMIN' })
    const { account } = await hire('per', 'admin')
    // Each alone may go; both at once may not.
    const both = [
      people.changeRole({ id, role: 'host', by: id }),
      people.changeRole({ id: account.id, role: 'host', by: id }),
    ]
    const results = await Promise.allSettled(both)
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal((await people.list()).filter(({ role }) => role === 'admin').length, 1)
  })

  onBothEngines('one changes one’s own name and password; other sessions end', async ({ open }) => {
    const { people, admin, signIn } = await staff(open)
    const other = await signIn(admin.account.email)
    const { id } = admin.account
    await people.rename({ id, name: 'Rosalind A.', by: id })
    assert.equal((await people.byEmail('ROSALIND@ferry.example'))?.name, 'Rosalind A.')
    const fresh = 'nine boats in the morning fog'
    const change = (old: string, password: string) =>
      people.changePassword({ id, old, password, keep: admin.sessionId })
    await assert.rejects(change(wrong, fresh), { code: 'PASSWORD_WRONG' })
    await assert.rejects(change(PASSWORD, 'rosalind99'), { code: 'PASSWORD_WEAK' })
    await change(PASSWORD, fresh)
    assert.equal(await people.session(other.cookie.value), null)
    assert.ok(await people.session(admin.cookie.value))
    await signIn(admin.account.email, fresh)
  })
})
