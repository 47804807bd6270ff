// CDS stories taken in by HTTP push, on SQLite: how many in a second, from the first byte sent to the last answer.
import { cdsStory } from '../src/wire/cds.fixture.ts'
import { startHouses, WIRE } from '../test/journeys/houses.ts'
import { push } from '../test/journeys/wire-world.ts'
import { option } from './options.ts'
import { median } from './processes.ts'

const FLOOR = 300
const WARM_UP = 200

export const intake = async (args: string[]): Promise<void> => {
  const stories = Number(option(args, 'stories') ?? 3000)
  const senders = Number(option(args, 'senders') ?? 16)
  const rounds = Number(option(args, 'rounds') ?? 3)
  const world = await startHouses({ engine: 'sqlite', count: 1 })
  const url = world.houses[0]?.url ?? ''
  let next = 0
  const send = async (count: number): Promise<void> => {
    const end = next + count
    const sender = async () => {
      while (next < end) {
        const n = next++
        // oxlint-disable-next-line no-await-in-loop -- a sender waits for its answer
        await push(url, cdsStory({ id: `lakes-i-${n}`, title: `Story number ${n} of the harbor` }), WIRE)
      }
    }
    await Promise.all(Array.from({ length: senders }, sender))
  }
  try {
    await send(WARM_UP)
    const rates: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- in turn, that is the point
      await send(stories)
      const rate = stories / ((performance.now() - began) / 1000)
      rates.push(rate)
      process.stdout.write(`${stories} stories by ${senders} senders: ${rate.toFixed(0)} a second\n`)
    }
    const rate = median(rates)
    process.stdout.write(
      `median ${rate.toFixed(0)} stories a second, ${(rate / FLOOR).toFixed(2)} of the floor of ${FLOOR}\n`,
    )
  } finally {
    await world.stop()
  }
}
