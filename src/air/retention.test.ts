import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pruneArchive } from './retention.ts'

test('hours wholly older than the limit go, with the folders they leave empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gw-keep-'))
  const make = (day: string, hour: string) => {
    mkdirSync(join(folder, day), { recursive: true })
    for (const extension of ['mp3', 'idx', 'ev']) writeFileSync(join(folder, day, `${hour}-0.${extension}`), '')
  }
  make('2026/02/28', '23')
  make('2026/03/01', '11')
  make('2026/03/01', '12')
  make('2026/03/02', '12')
  const deleted = await pruneArchive(folder, { keepMs: 86_400_000, now: Date.UTC(2026, 2, 2, 13, 30) })
  assert.equal(deleted, 2)
  assert.equal(existsSync(join(folder, '2026/02')), false)
  assert.equal(existsSync(join(folder, '2026/03/01/11-0.mp3')), false)
  assert.equal(existsSync(join(folder, '2026/03/01/12-0.mp3')), true, 'its end is not yet a day old')
  assert.equal(await pruneArchive(join(folder, 'nothing-here'), { keepMs: 1, now: 0 }), 0)
  rmSync(folder, { recursive: true })
})
