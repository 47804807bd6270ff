import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { PageDoor } from './page-door.ts'

const body = Buffer.from('<h1>Kept</h1>')
const page = { headers: ['Content-Type', 'text/html', 'Content-Length', String(body.length), 'ETag', '"x"'], body }
const seen: string[] = []
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`)
  request.resume()
  response.end('by http')
})
let answered = 0
let [forgotten, lost] = [false, false]
const remade: string[] = []
const door = new PageDoor({
  server,
  find: (path) => (path === '/kept' || (path === '/again' && !forgotten) ? page : null),
  remake: async (path) => {
    remade.push(path)
    await new Promise((later) => setTimeout(later, 5))
    if (!lost) forgotten = false
  },
  headersFor: (host) => ['X-Host', host],
  onAnswer: () => answered++,
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => {
  door.stop()
  server.close()
  server.closeAllConnections()
})

/** Sends pieces one after the other on one connection and returns all that comes back within a moment. */
const talk = async (...pieces: string[]): Promise<string> => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let said = ''
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()))
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((later) => setTimeout(later, 60))
  }
  socket.destroy()
  return said
}
const get = (path: string, extra = '') => `GET ${path} HTTP/1.1\r\nHost: radio.example\r\n${extra}\r\n`
const count = (text: string, part: string) => text.split(part).length - 1

test('a kept page is answered here, again and again on one connection', async () => {
  const before = answered
  const said = await talk(get('/kept'), get('/kept', 'Connection: keep-alive\r\n'))
  assert.equal(answered - before, 2)
  assert.equal(count(said, '<h1>Kept</h1>'), 2)
  assert.match(said, /^HTTP\/1\.1 200 OK\r\nX-Host: radio\.example\r\n/)
  assert.match(said, /\r\nDate: \w{3}, /)
})

test('a page that was kept before is made anew, and answered on the same connection', async () => {
  const before = answered
  await talk(get('/again'))
  forgotten = true
  const said = await talk(get('/again'), get('/again'))
  assert.equal(count(said, '<h1>Kept</h1>'), 2)
  assert.equal(answered - before, 3)
  assert.deepEqual(remade, ['/again'])
})

test('what cannot be made anew goes to the HTTP server', async () => {
  ;[forgotten, lost] = [true, true]
  assert.match(await talk(get('/again')), /by http$/)
  ;[forgotten, lost] = [false, false]
})

test('everything that is more than that goes to the HTTP server, with the bytes already read', async () => {
  const before = answered
  const more = [
    'If-None-Match: "x"\r\n',
    'Connection: close\r\n',
    'Range: bytes=0-1\r\n',
    'Cookie: a=b\r\n',
    'Content-Length: 0\r\n',
  ]
  for (const extra of more) assert.match(await talk(get('/kept', extra)), /by http/, extra)
  assert.match(await talk(get('/other')), /by http/)
  assert.match(await talk('HEAD /kept HTTP/1.1\r\nHost: a\r\n\r\n'), /200 OK/)
  assert.match(await talk('POST /kept HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi'), /by http/)
  assert.equal(answered, before)
})

test('a head in pieces, and two requests at once, lose nothing', async () => {
  assert.match(await talk('GET /kept HT', 'TP/1.1\r\nHost: a\r\n\r\n'), /by http/)
  assert.equal(count(await talk(get('/kept') + get('/kept')), 'by http'), 2)
  const both = await talk(get('/kept'), get('/other'), get('/kept'))
  assert.equal(count(both, '<h1>Kept</h1>'), 1)
  assert.equal(count(both, 'by http'), 2, 'once handed over, a connection stays there')
})

test('what is no HTTP is refused by the HTTP server', async () => {
  assert.match(await talk('\x16\x03\x01\x02\x00 hello\r\n\r\n'), /^HTTP\/1\.1 400/)
})
