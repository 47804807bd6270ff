import assert from 'node:assert/strict'
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { onBothEngines } from '../../test/world/postgres.ts'
import type { Store, Tx } from './store.ts'

const writer = fileURLToPath(import.meta.resolve('./writer.fixture.ts'))
const salt = { day: '2026-05-01', salt: '0' }

/** Reads a number, and writes it back one higher: wrong as soon as two do it at once. */
const increment = async (tx: Tx) => {
  const row = await tx.selectFrom('login_salts').select('salt').where('day', '=', salt.day).executeTakeFirstOrThrow()
  const next = String(Number(row.salt) + 1)
  await tx.updateTable('login_salts').set({ salt: next }).where('day', '=', salt.day).execute()
}
const counted = async (store: Store) => {
  const row = await store.read.selectFrom('login_salts').select('salt').executeTakeFirstOrThrow()
  return Number(row.salt)
}

suite('transactions', () => {
  onBothEngines('two who change the same row do not lose each other’s change', async ({ open }) => {
    const houses = await Promise.all([open(), open()])
    const [first] = houses
    await first.tx((tx) => tx.insertInto('login_salts').values(salt).execute())
    const writers = Array.from({ length: 6 }, async (_, n) => {
      for (let i = 0; i < 20; i++) await houses[n % 2]?.tx(increment)
    })
    await Promise.all(writers)
    assert.equal(await counted(first), 120)
  })

  onBothEngines('nothing of a transaction that throws remains, and the next one goes well', async ({ open }) => {
    const store = await open()
    const failing = store.tx(async (tx) => {
      await tx.insertInto('login_salts').values(salt).execute()
      await tx.insertInto('login_salts').values(salt).execute()
    })
    await assert.rejects(failing)
    assert.deepEqual(await store.read.selectFrom('login_salts').selectAll().execute(), [])
    await store.tx((tx) => tx.insertInto('login_salts').values(salt).execute())
    assert.equal(await counted(store), 0)
  })

  onBothEngines('a transaction inside a transaction is refused instead of waiting for itself', async ({ open }) => {
    const store = await open()
    const nested = store.tx(() => store.tx((tx) => tx.selectFrom('events').selectAll().execute()))
    await assert.rejects(nested, /inside a transaction/)
    await assert.rejects(
      store.tx(() => store.add(() => {})),
      /inside a transaction/,
    )
  })

  onBothEngines('what only reads cannot write, and does not wait for a writer', async ({ open }) => {
    const store = await open()
    const sneaky = store.read as unknown as Tx
    await assert.rejects(sneaky.insertInto('login_salts').values(salt).execute(), /read.?only/i)
    await store.tx(async (tx) => {
      await tx.insertInto('login_salts').values(salt).execute()
      assert.deepEqual(await store.read.selectFrom('login_salts').selectAll().execute(), [])
    })
    assert.equal(await counted(store), 0)
  })

  onBothEngines('nobody else on the machine can read the database’s files', async ({ open, folder, engine }) => {
    const store = await open()
    await store.tx((tx) => tx.insertInto('login_salts').values(salt).execute())
    const files =
      engine === 'sqlite' ? readdirSync(join(folder, 'data')).filter((name) => name.startsWith('groundwave.db')) : []
    for (const name of files) assert.equal(statSync(join(folder, 'data', name)).mode & 0o077, 0, name)
  })

  onBothEngines('a row must not refer to one that is not there', async ({ open }) => {
    const store = await open()
    const orphan = { account_id: 'nobody', at: 0, by: 'cli', reason: '' }
    await assert.rejects(
      store.tx((tx) => tx.insertInto('suspensions').values(orphan).execute()),
      /foreign key/i,
    )
  })

  onBothEngines('words reach those who listen when they are true, and not otherwise', async ({ open, engine }) => {
    const store = await open()
    const other = engine === 'postgres' ? await open() : store
    const heard: string[] = []
    const unlisten = await other.listen('pages', { onNotice: (payload) => heard.push(payload) })
    const undone = store.tx(async (tx) => {
      store.notify(tx, 'pages', 'not so')
      throw new Error('no')
    })
    await assert.rejects(undone)
    await store.tx(async (tx) => {
      store.notify(tx, 'elsewhere', 'not for us')
      store.notify(tx, 'pages', 'story 9')
      assert.deepEqual(heard, [])
    })
    await until(() => heard.length > 0)
    unlisten()
    await store.add((tx) => store.notify(tx, 'pages', 'story 10'))
    await sleep(50)
    assert.deepEqual(heard, ['story 9'])
  })

  onBothEngines('a listener whose line was cut says so, and hears again', async ({ open, engine }) => {
    if (engine === 'sqlite') return
    const store = await open()
    const heard: string[] = []
    await store.listen('pages', { onNotice: (text) => heard.push(text), onGap: () => heard.push('gap') })
    const cut = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query = 'listen groundwave'`
    await store.tx((tx) => cut.execute(tx))
    await until(() => heard.length > 0)
    await store.add((tx) => store.notify(tx, 'pages', 'story 9'))
    await until(() => heard.length > 1)
    assert.deepEqual(heard, ['gap', 'story 9'])
  })

  onBothEngines('a database that went away says so, and works again when it is back', async ({ open, engine }) => {
    if (engine === 'sqlite') return
    const [store, other] = [await open(), await open()]
    await store.tx((tx) => tx.insertInto('login_salts').values(salt).execute())
    const cutOthers = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    const cut = store.tx(async (tx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await assert.rejects(cut, { code: 'DATABASE_UNREACHABLE' })
    await other.tx((tx) => cutOthers.execute(tx))
    await sleep(50)
    const before = await counted(store)
    await store.tx(increment)
    assert.equal(await counted(store), before + 1)
  })

  onBothEngines('two processes that write without a pause both get their turn', async ({ open, url, folder }) => {
    const store = await open()
    const writers = [1, 2].map((n) => startWriter({ url, folder, name: `w${n}` }))
    await Promise.all(writers.map(({ acknowledged }) => until(() => acknowledged.length > 0)))
    await sleep(1500)
    for (const { process } of writers) process.kill('SIGKILL')
    await Promise.all(writers.map(({ process }) => once(process, 'close')))
    const counts = writers.map(({ acknowledged }) => acknowledged.length)
    assert.ok(Math.min(...counts) > 20, `${counts.join(' and ')} writes`)
    assert.ok((await store.events.last()) >= counts.reduce((a, b) => a + b, 0))
  })

  onBothEngines('kill -9, ten times: nothing acknowledged is lost, nothing half done is there', async (world) => {
    const acknowledged: string[] = []
    for (let round = 0; round < 10; round++) {
      const writer = startWriter({ ...world, name: `r${round}` })
      await until(() => writer.acknowledged.length > 0)
      await sleep(40 + 17 * round)
      writer.process.kill('SIGKILL')
      await once(writer.process, 'close')
      acknowledged.push(...writer.acknowledged)
    }
    const store = await world.open()
    const kept = new Set((await store.events.since(0, 1_000_000)).map(({ subject }) => subject.id))
    assert.ok(acknowledged.length > 100, `${acknowledged.length} writes`)
    assert.deepEqual(
      acknowledged.filter((id) => !kept.has(id)),
      [],
    )
    // Each transaction wrote an event and a row: there is none without the other.
    const rows = await store.read.selectFrom('login_salts').select('day').execute()
    assert.deepEqual(new Set(rows.map(({ day }) => day)), kept)
  })
})

const startWriter = ({ url, folder, name }: { url: string | null; folder: string; name: string }) => {
  const child = spawn(process.execPath, [writer, folder, url ?? '', name], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: string[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    acknowledged.push(...lines)
  })
  return { process: child, acknowledged }
}

const until = async (fn: () => boolean) => {
  for (let i = 0; !fn(); i++) {
    if (i > 1000) throw new Error('it did not come about')
    await sleep(10)
  }
}
