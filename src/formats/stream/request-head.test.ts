import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decodePath, findHeadEnd, readBasicAuth, readQuery, readRequestHead } from './request-head.ts'
import { decodeText } from './text.ts'

const head = (text: string) => readRequestHead(Buffer.from(text, 'latin1'))
/** As bytes of UTF-8, one character a byte. */
const raw = (text: string): string => Buffer.from(text).toString('latin1')

test('the head ends at the first blank line, whatever its line ends', () => {
  const endings = ['\r\n\r\n', '\n\n', '\r\r\n\r\r\n', '\n\r\n', '\r\n\n', '\n\r\r\n']
  for (const ending of endings) {
    const bytes = Buffer.from(`GET / HTTP/1.0\r\nA: b${ending}sound\n\n`)
    assert.equal(findHeadEnd(bytes), bytes.indexOf('sound'), JSON.stringify(ending))
    for (let length = 0; length < bytes.indexOf('sound'); length += 1) {
      assert.equal(findHeadEnd(bytes.subarray(0, length)), -1)
    }
  }
  assert.equal(findHeadEnd(Buffer.from('\r\n\r\nGET / HTTP/1.0\r\n\r\n')), 22)
  assert.equal(findHeadEnd(Buffer.from('\r\n\r\n')), -1)
})

test('an FFmpeg source', () => {
  const request = head(
    'PUT /m.mp3?a=1 HTTP/1.1\r\nHost: x:8000\r\nExpect: 100-continue\r\nIce-Name: Caf\xc3\xa9\r\n\r\n',
  )
  assert.deepEqual(
    [request?.method, request?.target, request?.path, request?.query, request?.protocol],
    ['PUT', '/m.mp3?a=1', '/m.mp3', 'a=1', 'HTTP/1.1'],
  )
  assert.equal(request?.headers.get('expect'), '100-continue')
  assert.equal(decodeText(Buffer.from(request?.headers.get('ice-name') ?? '', 'latin1')), 'Café')
})

test('a DarkIce source: LF lines, ended by CRLFCRLF', () => {
  const request = head('SOURCE /d.ogg HTTP/1.0\nAuthorization: Basic eDp5\nice-audio-info: ice-bitrate=128\r\n\r\n')
  assert.equal(request?.method, 'SOURCE')
  assert.equal(request.headers.get('authorization'), 'Basic eDp5')
  assert.equal(request.headers.get('ice-audio-info'), 'ice-bitrate=128')
})

test('a BUTT title: raw UTF-8 and percent codes in one address', () => {
  const request = head(`GET /admin/metadata?mode=updinfo&mount=/b.mp3&song=${raw('Café')}%20%26%20x HTTP/1.0\r\n\r\n`)
  assert.equal(readQuery(request?.query ?? '').get('song'), 'Café & x')
  assert.equal(readQuery(request?.query ?? '').get('mount'), '/b.mp3')
})

test('spaces in the target, no leading slash, odd protocols and none', () => {
  const lines: [string, [string, string, string] | null][] = [
    ['GET /a b?song=c d HTTP/1.0', ['/a b', 'song=c d', 'HTTP/1.0']],
    ['SOURCE mount.mp3 ICE/1.0', ['/mount.mp3', '', 'ICE/1.0']],
    ['SOURCE /m', ['/m', '', 'HTTP/1.0']],
    ['GET /two words', ['/two words', '', 'HTTP/1.0']],
    ['GET   /m\tHTTP/1.1  ', ['/m', '', 'HTTP/1.1']],
    ['GET http://host:1/m?x=/y HTTP/1.1', ['/m', 'x=/y', 'HTTP/1.1']],
    ['GET http://host HTTP/1.1', ['/', '', 'HTTP/1.1']],
    ['OPTIONS * HTTP/1.1', ['*', '', 'HTTP/1.1']],
    ['GET /m HTTP/0.9', ['/m', '', 'HTTP/1.0']],
    ['GET /HTTP/1.1', ['/HTTP/1.1', '', 'HTTP/1.0']],
    ['SOURCE HTTP/1.0', null],
    ['hackme', null],
    ['hackme and more', null],
    ['!POKE', null],
    ['GET', null],
    ['', null],
  ]
  for (const [line, expected] of lines) {
    const request = head(`${line}\r\n\r\n`)
    const found = request === null ? null : [request.path, request.query, request.protocol]
    assert.deepEqual(found, expected, line)
  }
})

test('header oddities: repeats, folds, blanks, lines without a colon', () => {
  const headers = head(
    'GET / HTTP/1.0\r\nA: 1\r\na:2\r\n  and 3\r\nnonsense\r\n: none\r\nB :\t x:y \r\nC:\r\n\r\n',
  )?.headers
  assert.deepEqual(
    [...(headers ?? [])],
    [
      ['a', '1, 2 and 3'],
      ['b', 'x:y'],
      ['c', ''],
    ],
  )
})

test('a last letter whose UTF-8 ends like a Latin-1 space stays whole', () => {
  const request = head(`GET /voil${raw('à')} HTTP/1.0\r\nice-name: ${raw('voilà')}\r\n\r\n`)
  assert.equal(decodePath(request?.path ?? ''), '/voilà')
  assert.equal(decodeText(Buffer.from(request?.headers.get('ice-name') ?? '', 'latin1')), 'voilà')
})

test('hostile heads are read in no time', () => {
  const heads = [
    `GET ${' '.repeat(16_000)}x y z\n\n`,
    `GET /\nA: ${'\r'.repeat(16_000)}x\n\n`,
    `${'A'.repeat(16_000)} /\n\n`,
    `${'\r'.repeat(16_000)}\n\n`,
    `GET /\n${':\n'.repeat(8000)}\n`,
  ]
  const before = performance.now()
  for (const text of heads) head(text)
  assert.ok(performance.now() - before < 200)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      findHeadEnd(Buffer.from(bytes))
      readRequestHead(Buffer.from(bytes))
    }),
    { numRuns: 300 },
  )
})

test('a query is decoded as bytes, then as text', () => {
  assert.equal(readQuery('song=A+-+B%2BC').get('song'), 'A - B+C')
  assert.equal(readQuery('song=Caf%C3%A9').get('song'), 'Café')
  assert.equal(readQuery('song=Caf%E9').get('song'), 'Café')
  assert.equal(readQuery('song=%C3%A9&charset=ISO-8859-1').get('song'), 'Ã©')
  assert.equal(readQuery('song=%C3%A9&charset=ISO-8859-1', 'utf-8').get('song'), 'é')
  assert.equal(readQuery('song=100%&x').get('song'), '100%')
  assert.equal(readQuery('song=%zz').get('song'), '%zz')
  assert.equal(readQuery('a=1&a=2').get('a'), '1')
  assert.deepEqual([...readQuery('')], [])
  assert.deepEqual(
    [...readQuery('&&x&=y&z=')],
    [
      ['x', ''],
      ['z', ''],
    ],
  )
})

test('every text that is percent-encoded comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(readQuery(`song=${encodeURIComponent(text)}`, 'utf-8').get('song'), text.replace(/^\uFEFF/, ''))
    }),
    { numRuns: 200 },
  )
})

test('user and password', () => {
  const basic = (text: string | Buffer): string => `Basic ${Buffer.from(text as string).toString('base64')}`
  assert.deepEqual(readBasicAuth(basic('source:hackme')), { user: 'source', password: 'hackme' })
  assert.deepEqual(readBasicAuth(basic('dj:a:b')), { user: 'dj', password: 'a:b' })
  assert.deepEqual(readBasicAuth(basic(':')), { user: '', password: '' })
  assert.deepEqual(readBasicAuth(basic('dj:pässword')), { user: 'dj', password: 'pässword' })
  assert.deepEqual(readBasicAuth(basic(Buffer.from('dj:pässword', 'latin1'))), { user: 'dj', password: 'pässword' })
  assert.deepEqual(readBasicAuth('basic   eDp5'), { user: 'x', password: 'y' })
  for (const none of [undefined, '', 'Basic', 'Bearer eDp5', basic('nocolon'), 'Basic !!!']) {
    assert.equal(readBasicAuth(none), null)
  }
})
