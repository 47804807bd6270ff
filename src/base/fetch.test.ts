import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { allowedHosts, guardedFetch, isPrivate } from './fetch.ts'

const withServer = async (listener: RequestListener, fn: (port: number) => Promise<void>) => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await fn((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

suite('guarded fetch', () => {
  test('a token goes to the server it is for, and not to the one that server sends us to', () => {
    const seen: (string | undefined)[] = []
    return withServer(
      (req, res) => {
        seen.push(req.headers.authorization)
        res.end('there')
      },
      (elsewhere) =>
        withServer(
          (req, res) => {
            seen.push(req.headers.authorization)
            const to = req.url === '/' ? '/again' : `http://127.0.0.1:${elsewhere}/`
            res.writeHead(302, { location: to }).end()
          },
          async (port) => {
            const allow = allowedHosts(`127.0.0.1:${port},127.0.0.1:${elsewhere}`)
            const headers = { Authorization: 'Bearer secret' }
            const { bytes } = await guardedFetch(`http://127.0.0.1:${port}/`, { allow, headers, limit: 100 })
            assert.equal(bytes.toString(), 'there')
            assert.deepEqual(seen, ['Bearer secret', 'Bearer secret', undefined])
          },
        ),
    )
  })

  for (const address of `127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1 ::
    fd00::1 fe80::1 fe80::1%eth0 ::ffff:127.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1 2002:7f00:1:: nonsense`.split(/\s+/))
    test(`${address} is not of the public internet`, () => assert.equal(isPrivate(address), true))
  for (const address of ['8.8.8.8', '2606:4700::1', '::ffff:808:808', '64:ff9b::808:808'])
    test(`${address} is`, () => assert.equal(isPrivate(address), false))

  test('refuses private addresses, by number and by name, and what is no web address', () =>
    withServer(
      (_, res) => res.end('secret'),
      async (port) => {
        const limit = 100
        for (const url of [
          `http://127.0.0.1:${port}/`,
          `http://localhost:${port}/`,
          `http://[::1]:${port}/`,
          `http://2130706433:${port}/`,
          `http://user@example.org/`,
          'file:///etc/passwd',
          'nonsense',
        ])
          await assert.rejects(guardedFetch(url, { limit }), { code: 'FETCH_REFUSED' }, url)
        const allow = allowedHosts(` localhost:${port} ,`)
        assert.equal((await guardedFetch(`http://localhost:${port}/`, { limit, allow })).bytes.toString(), 'secret')
        await assert.rejects(guardedFetch(`http://127.0.0.1:${port}/`, { limit, allow }), { code: 'FETCH_REFUSED' })
      },
    ))

  test('looks at every address it is sent on to', () =>
    withServer(
      (req, res) => {
        const to = req.url === '/loop' ? '/loop' : 'http://169.254.169.254/latest'
        res.writeHead(302, { location: to }).end()
      },
      async (port) => {
        const options = { limit: 100, allow: allowedHosts(`localhost:${port}`) }
        await assert.rejects(guardedFetch(`http://localhost:${port}/`, options), { code: 'FETCH_REFUSED' })
        await assert.rejects(guardedFetch(`http://localhost:${port}/loop`, options), /redirects more than 5 times/)
      },
    ))

  test('takes no more than the limit, whether the length is told or not, and does not wait for ever', () =>
    withServer(
      (req, res) => {
        if (req.url === '/told') res.setHeader('content-length', 101)
        if (req.url === '/slow') return void res.write('a')
        for (let i = 0; i < 101; i++) res.write('a')
        res.end()
      },
      async (port) => {
        const options = { limit: 100, timeout: 200, allow: allowedHosts(`localhost:${port}`) }
        for (const path of ['told', 'untold'])
          await assert.rejects(guardedFetch(`http://localhost:${port}/${path}`, options), /larger than 100 bytes/)
        await assert.rejects(guardedFetch(`http://localhost:${port}/slow`, options), /took too long/)
      },
    ))
})
