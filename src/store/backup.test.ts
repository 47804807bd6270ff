import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Kysely } from 'kysely'
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { onBothEngines } from '../../test/world/postgres.ts'
import { migrations } from './migrations.ts'
import { DERIVED } from './dialect.ts'
import { restoreStation } from './store.ts'
import type { EngineName, Store } from './store.ts'

const beside = fileURLToPath(import.meta.resolve('./backup-beside.fixture.ts'))
const LONG_NAME = `${'a-very-long-folder-name/'.repeat(5)}picture of the ferry.jpg`

/** A station with an account, events, jobs, blobs, and files written by hand. */
const fillStation = async (store: Store, folder: string) => {
  writeFileSync(join(folder, 'groundwave.yaml'), 'station: {name: Ferry Radio}\n')
  mkdirSync(join(folder, 'pictures', LONG_NAME, '..'), { recursive: true })
  writeFileSync(join(folder, 'pictures', LONG_NAME), 'not really')
  writeFileSync(join(folder, 'pictures', 'empty.svg'), '')
  for (let n = 0; n < 12; n++) await store.blobs.put(randomBytes(n * 40_000))
  await store.tx(async (tx) => {
    const account = { id: 'a1', name: 'Zoë “Z” Müller\n', email: 'z@example.org', role: 'editor', password: '$' }
    await tx
      .insertInto('accounts')
      .values({ ...account, made_at: 1, made_by: 'cli' })
      .execute()
    await tx
      .insertInto('suspensions')
      .values({ account_id: 'a1', at: 2 ** 45, by: 'cli', reason: '' })
      .execute()
    await store.jobs.enqueue(tx, { kind: 'photo', payload: { deep: [1, null, 'ü'] }, key: 'k' })
    for (let n = 0; n < 3000; n++) write(store, tx, n)
  })
}
const write = (store: Store, tx: Parameters<Parameters<Store['tx']>[0]>[0], n: number) =>
  store.events.append(tx, { type: 'story.saved', actor: 'a1', subject: { kind: 'story', id: `s${n}` }, data: { n } })

const others = (engine: EngineName): EngineName[] => [engine, engine === 'sqlite' ? 'postgres' : 'sqlite']
const deps = { clock: systemClock, ids: createIds({ clock: systemClock }), log: silentLog }

/** Every row of every table, and every blob; what is derived from them is made again. */
const everything = async (store: Store) => {
  const db = store.read as unknown as Kysely<Record<string, Record<string, unknown>>>
  const tables: Record<string, string[]> = {}
  for (const { name } of await db.introspection.getTables()) {
    if (name.startsWith(DERIVED)) continue
    const rows = await db.selectFrom(name).selectAll().execute()
    tables[name] = rows.map((row) => JSON.stringify({ ...row })).toSorted()
  }
  const blobs = await Array.fromAsync(store.blobs.list(), async ({ id }) => [
    id,
    (await buffer((await store.blobs.get(id))!)).toString('base64'),
  ])
  return { tables, blobs }
}

suite('backup', () => {
  onBothEngines('what was backed up comes back on either engine, every row, blob and file', async (world) => {
    const { engine, folder, open, another } = world
    const store = await open()
    await fillStation(store, folder)
    const file = join(folder, 'backup.tar')
    const summary = await store.backup(file)
    assert.equal(summary.blobs, 12)
    const before = await everything(store)
    assert.equal(before.tables['events']?.length, 3000)
    for (const target of others(engine)) {
      const place = await another(target)
      const result = await restoreStation(file, { ...deps, ...place })
      assert.deepEqual(result, { rows: summary.rows, blobs: 12 })
      const restored = await open(place)
      assert.deepEqual(await everything(restored), before)
      assert.equal(readFileSync(join(place.folder, 'groundwave.yaml'), 'utf8'), 'station: {name: Ferry Radio}\n')
      assert.equal(readFileSync(join(place.folder, 'pictures', LONG_NAME), 'utf8'), 'not really')
      assert.deepEqual(readdirSync(place.folder).toSorted(), ['data', 'groundwave.yaml', 'pictures'])
      // And it lives: the order of events goes on where it was, and references are kept as before.
      await restored.tx(async (tx) => write(restored, tx, 3000))
      assert.equal(await restored.events.last(), (await store.events.last()) + 1)
      const orphan = { account_id: 'a2', at: 0, by: 'cli', reason: '' }
      await assert.rejects(
        restored.tx((tx) => tx.insertInto('suspensions').values(orphan).execute()),
        /foreign key/i,
      )
    }
  })

  onBothEngines('any tar opens it', async ({ folder, open }) => {
    const store = await open()
    await fillStation(store, folder)
    await store.backup(join(folder, 'backup.tar'))
    const listed = execFileSync('tar', ['-tf', join(folder, 'backup.tar')], { encoding: 'utf8' }).split('\n')
    assert.equal(listed[0], 'format.json')
    assert.ok(listed.includes('tables/events/000001.jsonl.gz'))
    assert.ok(listed.includes(`station/pictures/${LONG_NAME}`))
    assert.equal(listed.at(-2), 'manifest.json')
  })

  onBothEngines('a station that goes on writing is caught at one moment', async ({ folder, open, another }) => {
    const store = await open()
    await fillStation(store, folder)
    const stopped = new AbortController()
    let n = 3000
    const writer = (async () => {
      for (; !stopped.signal.aborted; n++) {
        await store.tx(async (tx) => {
          write(store, tx, n)
          await tx
            .insertInto('login_salts')
            .values({ day: `s${n}`, salt: String(n) })
            .execute()
        })
        if (n % 10 === 0) await store.blobs.put(Buffer.from(`picture ${n}`))
        await sleep(20)
      }
    })()
    await sleep(300)
    const before = n
    const file = join(folder, 'backup.tar')
    await store.backup(file)
    await sleep(300)
    stopped.abort()
    await writer
    const place = await another()
    await restoreStation(file, { ...deps, ...place })
    const [was, is] = [await everything(store), await everything(await open(place))]
    const saved = (is.tables['events']?.length ?? 0) - 1
    assert.ok(saved >= before - 1 && saved < n, `${saved} of ${n}, ${before} at the beginning`)
    // The whole of what was committed up to the moment, and nothing after it: both rows of each, or neither.
    const isThere = new Set(is.tables['events'])
    const missing = (was.tables['events'] ?? []).filter((row) => !isThere.has(row))
    const later = missing.map((row) => (JSON.parse(row) as { seq: number }).seq)
    assert.ok(later.every((seq) => seq > saved + 1))
    assert.deepEqual(is.tables['login_salts']?.length, saved + 1 - 3000)
    assert.deepEqual(is.tables['accounts'], was.tables['accounts'])
    const blobs = new Map(was.blobs.map(([id, bytes]) => [id, bytes]))
    for (const [id, bytes] of is.blobs) assert.equal(bytes, blobs.get(id))
    assert.ok(is.blobs.length > 12)
  })

  onBothEngines('another process makes the backup, while the house writes 50 rows a second', async (world) => {
    const { open, folder, url, another } = world
    const store = await open()
    await fillStation(store, folder)
    const file = join(folder, 'backup.tar')
    const child = spawn(process.execPath, [beside, folder, url ?? '', file], { stdio: ['ignore', 'ignore', 'inherit'] })
    const ended = once(child, 'close')
    let n = 3000
    let slowest = 0
    while (child.exitCode === null) {
      const began = performance.now()
      const number = n++
      await store.tx(async (tx) => write(store, tx, number))
      slowest = Math.max(slowest, performance.now() - began)
      await sleep(20)
    }
    assert.deepEqual(await ended, [0, null])
    assert.ok(slowest < 2_000, `a write took ${Math.round(slowest)} ms`)
    const place = await another()
    await restoreStation(file, { ...deps, ...place })
    const restored = await open(place)
    const [was, is] = await Promise.all([store, restored].map((one) => one.events.since(0, 10_000)))
    assert.ok(is!.length >= 3000 && is!.length <= was!.length)
    assert.deepEqual(is, was!.slice(0, is!.length))
  })

  onBothEngines('what a killed restore left is cleared away by the next', async ({ folder, open, another }) => {
    const store = await open()
    await fillStation(store, folder)
    await store.backup(join(folder, 'backup.tar'))
    const place = await another()
    mkdirSync(join(place.folder, '.restoring', 'data'), { recursive: true })
    writeFileSync(join(place.folder, '.restoring', 'data', 'groundwave.db'), 'half')
    await restoreStation(join(folder, 'backup.tar'), { ...deps, ...place })
    assert.deepEqual(readdirSync(place.folder).toSorted(), ['data', 'groundwave.yaml', 'pictures'])
  })

  onBothEngines('a damaged backup is refused, and leaves nothing behind', async ({ folder, open, another }) => {
    const store = await open()
    await fillStation(store, folder)
    const whole = join(folder, 'backup.tar')
    await store.backup(whole)
    const bytes = readFileSync(whole)
    const place = await another()
    const file = join(folder, 'damaged.tar')
    const refused = async (name: string, damage: () => void) => {
      writeFileSync(file, bytes)
      damage()
      await assert.rejects(restoreStation(file, { ...deps, ...place }), { code: 'BACKUP_DAMAGED' }, name)
      assert.deepEqual(readdirSync(place.folder), [])
    }
    await refused('cut off', () => truncateSync(file, bytes.length - 200_000))
    await refused('no manifest', () => truncateSync(file, bytes.indexOf('manifest.json')))
    await refused('another kind of file', () => writeFileSync(file, randomBytes(5000)))
    await refused('empty', () => writeFileSync(file, ''))
    for (const at of [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(bytes.length * part)))
      await refused(`a byte at ${at}`, () => writeFileSync(file, bytes.with(at, (bytes[at] ?? 0) ^ 0x55)))
    // The same place takes the whole one.
    await restoreStation(whole, { ...deps, ...place })
  })

  onBothEngines('a place that is taken is left alone', async ({ folder, open, another, engine, url }) => {
    const store = await open()
    await fillStation(store, folder)
    const file = join(folder, 'backup.tar')
    await store.backup(file)
    const size = readFileSync(file).length
    await assert.rejects(store.backup(file), { code: 'BACKUP_EXISTS' })
    assert.equal(readFileSync(file).length, size)
    await assert.rejects(restoreStation(file, { ...deps, folder, url }), { code: 'FOLDER_NOT_EMPTY' })
    const empty = await another()
    if (engine === 'postgres')
      await assert.rejects(restoreStation(file, { ...deps, folder: empty.folder, url }), { code: 'DATABASE_NOT_EMPTY' })
    assert.equal(await store.events.last(), 3000)
    await assert.rejects(restoreStation(join(folder, 'none.tar'), { ...deps, ...empty }), { code: 'ENOENT' })
    assert.equal(existsSync(join(empty.folder, 'groundwave.yaml')), false)
  })

  onBothEngines(
    'a backup of an older program is brought up to this one; of a newer one it is refused',
    async (world) => {
      const older = await world.open({ migrations: migrations.slice(0, 1) })
      await older.tx(async (tx) => write(older, tx, 1))
      await older.backup(join(world.folder, 'older.tar'))
      const place = await world.another()
      await restoreStation(join(world.folder, 'older.tar'), { ...deps, ...place })
      const restored = await world.open(place)
      assert.equal((await restored.read.selectFrom('migrations').selectAll().execute()).length, migrations.length)
      assert.equal(await restored.events.last(), 1)
      const file = join(world.folder, 'newer.tar')
      await restored.backup(file)
      const old = restoreStation(file, { ...deps, ...(await world.another()), migrations: migrations.slice(0, 1) })
      await assert.rejects(old, { code: 'BACKUP_NEWER' })
    },
  )
})
