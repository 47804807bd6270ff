import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { passwordProblem } from './password-rules.ts'
import { COST, hashPassword, verifyPassword } from './passwords.ts'
import { networkOf } from './secret.ts'

const cheap = { memory: 64, passes: 1, parallelism: 1 }

suite('passwords', () => {
  test('a hash knows its password and no other, composed or decomposed', async () => {
    const stored = await hashPassword('grün am Fluß', { random: randomBytes })
    assert.match(stored, new RegExp(`^\\$argon2id\\$v=19\\$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}\\$`))
    assert.deepEqual(await verifyPassword('grün am Fluß'.normalize('NFD'), stored), { right: true, outdated: false })
    assert.deepEqual(await verifyPassword('grun am Fluss', stored), { right: false, outdated: false })
    assert.notEqual(stored, await hashPassword('grün am Fluß', { random: randomBytes }))
  })

  test('a hash that was made for less is known as outdated', async () => {
    const stored = await hashPassword('x', { random: randomBytes, cost: cheap })
    assert.deepEqual(await verifyPassword('x', stored), { right: true, outdated: true })
    assert.deepEqual(await verifyPassword('x', stored, cheap), { right: true, outdated: false })
  })

  test('the hash is argon2id’s: RFC 9106 as others compute it', async () => {
    // printf 'password' | argon2 somesaltsomesalt -id -t 2 -k 64 -p 1 -l 32 -e
    const made = await hashPassword('password', {
      random: () => Buffer.from('somesaltsomesalt'),
      cost: { ...cheap, passes: 2 },
    })
    assert.equal(made.split('$')[4], Buffer.from('somesaltsomesalt').toString('base64').replace(/=+$/, ''))
    assert.equal(made.split('$')[5]?.length, 43)
  })

  for (const broken of [
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
    '$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
    '$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
    '$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
    '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaA',
  ])
    test(`nothing fits "${broken}"`, async () => assert.equal((await verifyPassword('', broken)).right, false))

  const about = { name: 'Rosalind Achterberg', email: 'rosalind@ferry.example' }
  const bad: [string, RegExp][] = [
    ['ferry12', /10 characters or more; this one has 7/],
    ['x'.repeat(201), /up to 200/],
    ['Password123!', /first that anybody/],
    ['P@ssw0rd2026', /first that anybody/],
    ['radioradio1', /first that anybody/],
    ['aaaaaaaaaaaa', /repeats/],
    ['1234567890', /neighbouring/],
    ['0987654321', /neighbouring/],
    ['qwertyuiop', /neighbouring/],
    ['rosalind2026', /your own name/],
    ['achterberg!', /your own name/],
  ]
  for (const [password, sentence] of bad)
    test(`"${password.slice(0, 20)}" will not do`, () => assert.match(passwordProblem(password, about) ?? '', sentence))
  for (const good of ['slow ferry paper lanterns', 'grün am Fluß im Mai', '船は朝に港を出るとき鳴る', 'xK3$vv9-Qpl2'])
    test(`"${good}" will do`, () => assert.equal(passwordProblem(good, about), null))

  test('an address counts with those of the same customer', () => {
    assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
    assert.equal(networkOf('2001:DB8:1:2::9'), '2001:db8:1:2')
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0')
    assert.equal(networkOf('::1'), '0:0:0:0')
    assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0')
  })
})
