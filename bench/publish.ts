// How long until a story that is published can be read, and until a kill is answered while 64 clients ask for everything.
import { hammer } from '../test/journeys/hammer.ts'
import { startHouses } from '../test/journeys/houses.ts'
import type { Houses } from '../test/journeys/houses.ts'
import { ask, startPictures } from '../test/journeys/wire-world.ts'
import { option } from './options.ts'

const VISIBLE_MS = 100
const KILL_MS = 250

export const publish = async (args: string[]): Promise<void> => {
  const stories = Number(option(args, 'stories') ?? 100)
  const kills = Number(option(args, 'kills') ?? 200)
  for (const [engine, count] of [
    ['sqlite', 1],
    ['postgres', 2],
  ] as const) {
    const pictures = await startPictures()
    const world = await startHouses({ engine, count, more: { GROUNDWAVE_FETCH_ALLOW: pictures.host } })
    const name = `${engine}, ${count === 1 ? 'one house' : `${count} houses`}`
    try {
      tell(`${name}: published and seen on its page and the front`, await visible(world, stories), VISIBLE_MS)
      const crowd = await hammer(world.houses, { pictures: `http://${pictures.host}`, status: 410 })
      await crowd.run(kills, async ({ id }, house) => {
        await order(world, `${house}/api/v1/stories/${id}/kill`, { reason: 'a bench' })
        return Date.now() + 1
      })
      crowd.check({ everywhere: false })
      tell(`${name}: kill answered under the hammer`, crowd.waits, KILL_MS)
    } finally {
      await world.stop()
      pictures.stop()
    }
  }
}

const order = async ({ token }: Houses, url: string, body: object): Promise<string> => {
  const answer = await ask(url, { method: 'POST', token, body: JSON.stringify(body) })
  if (answer.status >= 300) throw new Error(answer.body)
  return answer.body
}

/** From the order to the moment both pages of every house have shown it, ms. */
const visible = async (world: Houses, stories: number): Promise<number[]> => {
  const times: number[] = []
  const house = world.houses[0]?.url ?? ''
  for (let n = 0; n < stories; n++) {
    const headline = `Quayside number ${n}x`
    const body = [{ type: 'paragraph', text: headline }]
    const { id } = JSON.parse(await order(world, `${house}/api/v1/stories`, { section: 'news', headline, body })) as { id: string } // prettier-ignore
    const began = performance.now()
    const { url } = JSON.parse(await order(world, `${house}/api/v1/stories/${id}/publish`, {})) as { url: string }
    const { pathname } = new URL(url)
    const seen = async (page: string) => {
      while (!(await ask(page)).body.includes(headline)) if (performance.now() - began > 10_000) throw new Error(page)
    }
    await Promise.all(world.houses.flatMap((one) => [seen(one.url + pathname), seen(`${one.url}/`)]))
    times.push(performance.now() - began)
  }
  return times
}

const tell = (what: string, times: readonly number[], limit: number): void => {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  process.stdout.write(
    `${what}: p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, ${(at(0.99) / limit).toFixed(2)} of the limit of ${limit} ms\n`,
  )
}
