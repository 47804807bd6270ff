import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { needs } from '../../../test/world/programs.ts'
import { createFileMeter } from './file-meter.ts'

const SECONDS = 7.3

const measure = (bytes: Buffer, piece = 65_536) => {
  const meter = createFileMeter()
  for (let at = 0; at < bytes.length; at += piece) meter.push(bytes.subarray(at, at + piece))
  return meter.end()
}

describe('the length of a file', needs('ffmpeg'), () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'groundwave-meter-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  const make = (name: string, ...options: string[]): Buffer => {
    const path = join(folder, name)
    const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${SECONDS}`]
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...tone, ...options, path])
    return readFileSync(path)
  }

  for (const [name, type, ...options] of [
    ['a.mp3', 'audio/mpeg', '-b:a', '96k', '-metadata', 'title=The river'],
    ['vbr.mp3', 'audio/mpeg', '-q:a', '4'],
    ['a.aac', 'audio/aac', '-c:a', 'aac'],
    ['a.ogg', 'audio/ogg', '-c:a', 'libvorbis'],
    ['a.opus', 'audio/ogg', '-c:a', 'libopus'],
    ['late.m4a', 'audio/mp4', '-c:a', 'aac'],
    ['early.m4a', 'audio/mp4', '-c:a', 'aac', '-movflags', '+faststart'],
  ] as const)
    test(`${name} plays ${SECONDS} s, in whatever pieces it comes`, () => {
      const bytes = make(name, ...options)
      const whole = measure(bytes)
      assert.equal(whole?.type, type)
      assert.equal(whole?.ending, name.split('.')[1])
      assert.ok(Math.abs((whole?.seconds ?? 0) - SECONDS) < 0.12, `${whole?.seconds} s`)
      assert.deepEqual(measure(bytes, 997), whole)
    })

  test('half a file plays half as long, where frames tell', () => {
    const bytes = make('half.mp3', '-b:a', '96k')
    const half = measure(bytes.subarray(0, bytes.length / 2))
    assert.ok(Math.abs((half?.seconds ?? 0) - SECONDS / 2) < 0.2, `${half?.seconds} s`)
  })

  test('what is no sound is none', () => {
    assert.equal(measure(Buffer.alloc(0)), null)
    assert.equal(measure(Buffer.from('ID3'.padEnd(9000, 'x'))), null)
    assert.equal(measure(Buffer.alloc(6 * 2 ** 20, 0x55)), null)
    assert.equal(measure(Buffer.concat([Buffer.from('\0\0\0\x18ftypM4A '), Buffer.alloc(9000)])), null)
    assert.equal(measure(make('tone.wav')), null)
  })
})
