import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hashPassword, verifyPassword } from './password.ts'

suite('passwords', () => {
  const stored = hashPassword('grün am Fluß')

  test('a hash is salted and holds no password', () => {
    assert.match(stored, /^scrypt:16384:8:1:[\w-]{22}:[\w-]{43}$/)
    assert.notEqual(stored, hashPassword('grün am Fluß'))
  })
  test('a hash knows its password', async () => assert.equal(await verifyPassword('grün am Fluß', stored), true))
  test('composed and decomposed letters are the same password', async () =>
    assert.equal(await verifyPassword('grün am Fluß'.normalize('NFD'), stored), true))
  test('a hash refuses another password', async () =>
    assert.equal(await verifyPassword('grun am Fluss', stored), false))
  test('plain text is compared whole', async () => {
    assert.equal(await verifyPassword('hackme', 'hackme'), true)
    assert.equal(await verifyPassword('hackme2', 'hackme'), false)
    assert.equal(await verifyPassword('', 'hackme'), false)
  })
  test('the hash itself is not the password', async () => assert.equal(await verifyPassword(stored, stored), false))
  for (const broken of [
    'scrypt:',
    'scrypt:3:8:1:c2FsdA:aGFzaGhhc2hoYXNoaGFzaA',
    'scrypt:99999999:8:1:c2FsdA:aGFzaA',
    'scrypt:16384:8:1:c2FsdA:',
  ])
    test(`refuses everything for ${broken}`, async () => assert.equal(await verifyPassword('', broken), false))
})
