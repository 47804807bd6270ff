import { suite, test } from 'node:test'
import { pushAndKill } from './killed-wire.ts'

suite('kill -9 of the house while a wire pushes', () => {
  test('every acknowledged message is there, once', () => pushAndKill({ pushes: 300, kills: 4 }))
})
