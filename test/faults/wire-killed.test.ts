import { suite, test } from 'node:test'
import { pushAndKill } from '../journeys/killed-wire.ts'

/** The long form is what is promised; the short one keeps the loop itself in order. */
const [pushes, kills] = process.env['GROUNDWAVE_FAULTS'] === 'full' ? [2000, 20] : [120, 2]

suite('kill -9 of the house during pushes, again and again', () => {
  test(`${pushes} pushes, ${kills} kills: every acknowledged message is there, once`, () =>
    pushAndKill({ pushes, kills }))
})
