import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { hammer } from './hammer.ts'
import type { TakeBack } from './hammer.ts'
import { startHouses } from './houses.ts'
import type { Houses } from './houses.ts'
import { ask, startPictures } from './wire-world.ts'

const KILLS = 200
const OTHERS = 40

for (const [engine, count] of [
  ['sqlite', 1],
  ['postgres', 2],
] as const)
  suite(`64 clients ask for everything, of ${count} on ${engine}`, () => {
    let world: Houses
    let pictures: Awaited<ReturnType<typeof startPictures>>
    before(async () => {
      pictures = await startPictures()
      world = await startHouses({ engine, count, more: { GROUNDWAVE_FETCH_ALLOW: pictures.host } })
    })
    after(async () => {
      await world.stop()
      pictures.stop()
    })

    const order = async (house: string, path: string, body: object) => {
      const answer = await ask(`${house}/api/v1/stories/${path}`, {
        method: 'POST',
        token: world.token,
        body: JSON.stringify(body),
      })
      assert.equal(answer.status, 200, answer.body)
    }

    const cases: { name: string; count: number; status: number; takeBack: TakeBack }[] = [
      {
        name: `${KILLS} kills: no request begun after the answer is given the story`,
        count: KILLS,
        status: 410,
        takeBack: async ({ id }, house) => {
          await order(house, `${id}/kill`, { reason: 'a test' })
          return Date.now() + 1
        },
      },
      {
        name: 'an embargo: the same',
        count: OTHERS,
        status: 404,
        takeBack: async ({ id }, house) => {
          await order(house, `${id}/embargo`, { until: '2050-01-01T00:00:00Z' })
          return Date.now() + 1
        },
      },
      {
        name: 'a planned withdrawal: no request begun after its moment is given the story',
        count: OTHERS,
        status: 404,
        takeBack: async ({ id }, house) => {
          const at = Date.now() + 300
          await order(house, `${id}/publish`, { until: new Date(at).toISOString() })
          // Until it is answered, the moment is not promised either.
          return Math.max(at, Date.now() + 1)
        },
      },
    ]
    for (const { name, count, status, takeBack } of cases)
      test(name, { timeout: 300_000 }, async (t) => {
        const crowd = await hammer(world.houses, { pictures: `http://${pictures.host}`, status })
        await crowd.run(count, takeBack)
        t.diagnostic(crowd.said())
        crowd.check()
      })
  })
