import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeM3u, writePls, writeXspf } from './playlists.ts'

const entries = [
  { url: 'https://radio.example/live.mp3?a=1&b=2', title: 'Radio <Seeufer>\r\n& more' },
  { url: 'https://radio.example/live.ogg', title: 'Ogg' },
]

test('M3U', () => {
  assert.equal(
    writeM3u(entries),
    '#EXTM3U\r\n#EXTINF:-1,Radio <Seeufer> & more\r\nhttps://radio.example/live.mp3?a=1&b=2\r\n#EXTINF:-1,Ogg\r\nhttps://radio.example/live.ogg\r\n',
  )
})

test('PLS', () => {
  assert.equal(
    writePls(entries),
    '[playlist]\r\nNumberOfEntries=2\r\nFile1=https://radio.example/live.mp3?a=1&b=2\r\nTitle1=Radio <Seeufer> & more\r\nLength1=-1\r\nFile2=https://radio.example/live.ogg\r\nTitle2=Ogg\r\nLength2=-1\r\nVersion=2\r\n',
  )
})

test('XSPF escapes what XML must not hold', () => {
  const text = writeXspf('A & B\u0001', entries)
  assert.ok(text.includes('<title>A &amp; B</title>'))
  assert.ok(text.includes('<location>https://radio.example/live.mp3?a=1&amp;b=2</location>'))
  assert.ok(text.includes('<title>Radio &lt;Seeufer&gt;\r\n&amp; more</title>'))
})

test('no entries are still a list', () => {
  assert.equal(writeM3u([]), '#EXTM3U\r\n')
  assert.ok(writePls([]).includes('NumberOfEntries=0'))
  assert.ok(writeXspf('Empty', []).includes('<trackList>\n  </trackList>'))
})
