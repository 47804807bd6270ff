import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { sql } from 'kysely'
import { onBothEngines } from '../../test/world/postgres.ts'
import { migrations } from './migrations.ts'
import type { Migration } from './migrations.ts'
import type { Store } from './store.ts'

const pets: Migration = {
  name: '999-pets',
  async up(tx, { key }) {
    await tx.schema
      .createTable('pets')
      .addColumn('id', key, (c) => c.primaryKey())
      .execute()
  },
}
const stepsOf = async (store: Store) =>
  (await store.read.selectFrom('migrations').select('name').orderBy('name').execute()).map(({ name }) => name)

suite('migrations', () => {
  onBothEngines('an empty database is brought up to this program, by whoever comes first', async ({ open }) => {
    const houses = await Promise.all([open(), open(), open()])
    for (const house of houses)
      assert.deepEqual(
        await stepsOf(house),
        migrations.map(({ name }) => name),
      )
  })

  onBothEngines(
    'a database of each earlier version is brought up, and keeps what it holds',
    async ({ open, another }) => {
      for (let version = 1; version < migrations.length; version++) {
        const place = await another()
        const earlier = await open({ ...place, migrations: migrations.slice(0, version) })
        const subject = { kind: 'story', id: 's1' }
        await earlier.tx(async (tx) => earlier.events.append(tx, { type: 'story.made', actor: 'ida', subject }))
        await earlier.stop()
        const now = await open(place)
        assert.equal((await stepsOf(now)).length, migrations.length)
        assert.equal((await now.events.of(subject)).length, 1)
      }
    },
  )

  onBothEngines('a database of a newer program is refused and left alone', async ({ open }) => {
    const newer = await open({ migrations: [...migrations, pets] })
    await assert.rejects(open(), { code: 'DATABASE_NEWER', message: /999-pets/ })
    assert.equal((await stepsOf(newer)).at(-1), '999-pets')
  })

  onBothEngines('a step that fails leaves nothing behind', async ({ open }) => {
    const broken: Migration = {
      name: '999-broken',
      async up(tx, dialect) {
        await pets.up(tx, dialect)
        await sql`select 1 from nowhere`.execute(tx)
      },
    }
    await assert.rejects(open({ migrations: [...migrations, broken] }), /nowhere/)
    const store = await open({ migrations: [...migrations, pets] })
    assert.equal((await stepsOf(store)).at(-1), '999-pets')
  })

  onBothEngines('an address that is no database is refused without repeating it', async ({ open }) => {
    await assert.rejects(
      open({ url: 'mysql://root:secret@db/x' }),
      ({ code, message }: { code: string; message: string }) => {
        assert.equal(code, 'DATABASE_UNKNOWN')
        assert.doesNotMatch(message, /secret/)
        return true
      },
    )
    await assert.rejects(open({ url: 'postgres://root:secret@127.0.0.1:1/x' }), { code: 'DATABASE_UNREACHABLE' })
  })
})
