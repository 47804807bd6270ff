import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientAddress } from './client-address.ts'

test('a proxy on this machine is believed, and nobody else', () => {
  assert.equal(clientAddress('127.0.0.1', '198.51.100.7'), '198.51.100.7')
  assert.equal(clientAddress('::ffff:127.0.0.1', '203.0.113.9, 198.51.100.7'), '198.51.100.7')
  assert.equal(clientAddress('::1', '2001:db8::5'), '2001:db8::5')
  assert.equal(clientAddress('203.0.113.9', '198.51.100.7'), '203.0.113.9')
  assert.equal(clientAddress('127.0.0.1', 'nonsense'), '127.0.0.1')
  assert.equal(clientAddress('127.0.0.1', undefined), '127.0.0.1')
  assert.equal(clientAddress(undefined, '198.51.100.7'), '')
})
