import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, deflateSync } from 'node:zlib'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { waitFor } from '../world/wait.ts'

export type Answer = { status: number; type: string; body: string }

/** Connections that many clients share, as browsers do. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One request, its body and answer as text. */
export const ask = (
  url: string,
  { method = 'GET', token, body }: { method?: string; token?: string; body?: string } = {},
): Promise<Answer> =>
  new Promise((done, fail) => {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-length': Buffer.byteLength(body) }),
    }
    const asking = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    asking.on('error', fail)
    asking.end(body)
  })

export type Pushed = {
  item: { provider: string; id: string; version: number }
  decision: string
  storyId: string
  storyUrl: string
  reasons: string[]
}

/** Pushes a message as its sender does. Throws when it is not taken. */
export const push = async (
  house: string,
  body: string,
  { wire = 'demo-wire', token = 'demo' } = {},
): Promise<Pushed> => {
  const answer = await ask(`${house}/api/v1/wire/${wire}`, { method: 'POST', token, body })
  if (answer.status !== 201) throw new Error(`The push was answered ${answer.status}: ${answer.body}`)
  return JSON.parse(answer.body) as Pushed
}

/** A topic for stories that are to stand in its list and be related to each other. */
export const ferries = {
  collections: [
    {
      href: '/v1/documents/lakes-topic',
      rels: ['topic'],
      embed: { id: 'lakes-topic', title: 'Ferries', profiles: [{ href: '/v1/profiles/topic', rels: ['type'] }] },
    },
  ],
}

/** The story beside which those of the topic stand, in its n-th version: with each its page is made anew. */
export const companionStory = (n: number): string =>
  cdsStory({
    id: 'lakes-1',
    title: `Companion of ${n} ferry stories`,
    modified: new Date(Date.parse('2026-03-10T14:05:00Z') + n * 60_000).toISOString(),
    more: ferries,
  })

/** Until the search finds a word; related stories know of it then too: they learn it together, a moment after the publication. */
export const untilFound = (house: string, word: string): Promise<boolean> =>
  waitFor(`the search finds ${word}`, async () => {
    const { body } = await ask(`${house}/api/v1/search?q=${word}`)
    return (JSON.parse(body) as { total: number }).total > 0
  })

/** A server of pictures, elsewhere; `broken` lets it fail. */
export const startPictures = async () => {
  const asked: string[] = []
  const state = { broken: false }
  const server = createServer((req, res) => {
    asked.push(req.url ?? '')
    if (state.broken) return void res.writeHead(503).end()
    res.writeHead(200, { 'content-type': 'image/png' }).end(smallPng)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    asked,
    state,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
/** Four by three pixels of grey (PNG, third edition, §5). */
export const smallPng = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  chunk('IHDR', Buffer.from([0, 0, 0, 4, 0, 0, 0, 3, 8, 0, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.alloc(15, 0))),
  chunk('IEND', Buffer.alloc(0)),
])
