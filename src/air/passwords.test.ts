import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword } from '../config/password.ts'
import { Passwords } from './passwords.ts'

test('a right password opens, plain or hashed; a wrong one never', async () => {
  const passwords = new Passwords({ now: () => 0 })
  const hashed = hashPassword('river')
  for (const stored of ['river', hashed]) {
    assert.equal(await passwords.check('river', stored, 'a'), true)
    assert.equal(await passwords.check('river', stored, 'a'), true, 'also the remembered way')
    assert.equal(await passwords.check('rivers', stored, 'a'), false)
    assert.equal(await passwords.check('', stored, 'a'), false)
  }
  assert.equal(await passwords.check(hashed, hashed, 'a'), false, 'the hash itself is no password')
})

test('twenty wrong ones within a minute shut one address out, for a minute', async () => {
  let now = 0
  const passwords = new Passwords({ now: () => now })
  for (let i = 0; i < 20; i++) await passwords.check('wrong', 'right', '10.0.0.1')
  assert.equal(passwords.lockedOut('10.0.0.1'), true)
  assert.equal(passwords.lockedOut('10.0.0.2'), false)
  now = 61_000
  assert.equal(passwords.lockedOut('10.0.0.1'), false)
})
