import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { StationConfig } from '../../src/config/schema.ts'
import type { Story } from '../../src/newsroom/newsroom.ts'
import { loadAssets } from '../../src/site/assets.ts'
import { nowAnswer } from '../../src/site/now-answer.ts'
import { standardLook } from '../../src/look/look.ts'
import { createPageCache } from '../../src/site/page-cache.ts'
import { createSite } from '../../src/site/site.ts'
import { openSearchOf } from './search-world.ts'
import { fakeAir, fakeClock, fakeNewsroom, fakeSchedule, fakeSpins, type FakeAir, type FakeClock } from './fakes.ts'
import { worldConfig, worldStories } from './world.ts'

// The site alone, on fakes, with the two addresses of the API that its player asks. Run by itself it shows the world:
// node test/site/harness.ts [port]

const root = join(import.meta.dirname, '../..')

export type HarnessOptions = {
  config?: StationConfig
  stories?: Story[]
  /** Folder of pictures; GROUNDWAVE_TEST_PICTURES names another. */
  pictures?: string
  audio?: string
  port?: number
  clock?: FakeClock
}

export type Harness = { url: string; air: FakeAir; clock: FakeClock; tell(): void; stop(): Promise<void> }

/** The policy the house sends; the pages must live with it. */
const policy = (air: string) =>
  `default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ${air}; media-src 'self' blob: ${air}; worker-src 'self' blob:; base-uri 'none'; frame-ancestors 'none'`

export const startHarness = async (options: HarnessOptions = {}): Promise<Harness> => {
  const config = options.config ?? worldConfig
  const clock = options.clock ?? fakeClock()
  const air = fakeAir(config)
  const origin = config.air.url ?? `http://localhost:${config.air.port}`
  const cache = createPageCache({ clock, headers: { 'Content-Security-Policy': policy(origin) } })
  const deps = {
    config,
    clock,
    air,
    cache,
    schedule: fakeSchedule(config),
    newsroom: fakeNewsroom(options.stories ?? worldStories),
    spins: fakeSpins,
    search: await openSearchOf(options.stories ?? worldStories, clock),
    look: { current: () => standardLook, sheet: () => null },
    assets: loadAssets(join(root, 'build/browser')),
    media: {
      pictures: options.pictures ?? process.env.GROUNDWAVE_TEST_PICTURES ?? join(root, 'demo/station/pictures'),
      audio: options.audio ?? process.env.GROUNDWAVE_TEST_AUDIO ?? join(root, 'demo/station/audio'),
    },
    onError: (error: unknown) => console.error(error),
  }
  const listener = getRequestListener(createSite(deps).fetch)
  const streams = new Set<ServerResponse>()
  const now = () => {
    const answer = nowAnswer(deps, clock.now())
    for (const stream of answer.streams) {
      stream.url = origin + stream.url
      if (stream.hls) stream.hls = origin + stream.hls
    }
    return JSON.stringify(answer)
  }
  const tell = () => {
    for (const stream of streams) stream.write(`event: now\ndata: ${now()}\n\n`)
  }
  air.onChange(tell)
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/api/v1/now') {
      response.setHeader('content-type', 'application/json').end(now())
    } else if (request.url === '/api/v1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(`event: now\ndata: ${now()}\n\n`)
      streams.add(response.on('close', () => streams.delete(response)))
    } else if (!cache.answer(request, response)) {
      response.setHeader('Content-Security-Policy', policy(origin))
      void listener(request, response)
    }
  }
  const server = createServer(answer)
  server.listen(options.port ?? 0)
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    air,
    clock,
    tell,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

if (import.meta.main) {
  const { url } = await startHarness({ port: Number(process.argv[2] ?? 8090) })
  console.log(`Oxbow Public Radio, Thursday, March 12, 2026, 4:42 pm: ${url}`)
}
