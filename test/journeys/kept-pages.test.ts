import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { cdsStory } from '../../src/wire/cds.fixture.ts'
import { startHouses, WIRE } from './houses.ts'
import type { Houses } from './houses.ts'
import { ask, push } from './wire-world.ts'

suite('kept pages', () => {
  let world: Houses
  let url: string
  let paths: string[]

  before(async () => {
    world = await startHouses({ engine: 'sqlite', count: 1 })
    url = world.houses[0]!.url
    const { storyUrl } = await push(url, cdsStory({ id: 'lakes-1', title: 'The first boat' }), WIRE)
    const { pathname } = new URL(storyUrl)
    paths = ['/', '/news', '/schedule', pathname, '/feeds/front.xml']
  })
  after(() => world.stop())

  const hits = async () => Number(/page_cache_hits_total (\d+)/.exec((await ask(`${url}/metrics`)).body)?.[1])

  test('a reader who has come by the quick door stays with it when the page is forgotten and made anew', async () => {
    const { host } = new URL(url)
    for (const [n, path] of paths.entries()) {
      await ask(url + path)
      const socket = connect(Number(new URL(url).port), 'localhost')
      const get = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
      const began = await hits()
      assert.match(await answerTo(socket, get), /^HTTP\/1\.1 200 /, path)
      const first = (await hits()) - began
      // It comes into every list there is: each page with stories on it is forgotten.
      await push(url, cdsStory({ id: `lakes-more-${n}`, title: `Another boat, ${n}` }), WIRE)
      assert.match(await answerTo(socket, get), /^HTTP\/1\.1 200 /, path)
      assert.match(await answerTo(socket, get), /^HTTP\/1\.1 200 /, path)
      socket.destroy()
      assert.deepEqual([first, (await hits()) - began], [1, 3], path)
    }
  })
})

/** The whole answer to a request, by its Content-Length. */
const answerTo = (socket: Socket, request: string): Promise<string> =>
  new Promise((done, fail) => {
    let said = Buffer.alloc(0)
    const take = (chunk: Buffer) => {
      said = Buffer.concat([said, chunk])
      const end = said.indexOf('\r\n\r\n')
      const length = /content-length: (\d+)/i.exec(said.toString('latin1', 0, Math.max(0, end)))?.[1]
      if (end < 0 || length === undefined || said.length < end + 4 + Number(length)) return
      socket.off('data', take)
      done(said.toString())
    }
    socket.on('data', take)
    socket.once('error', fail)
    socket.write(request)
  })
