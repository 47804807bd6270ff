import type { ReadonlyKysely } from 'kysely/readonly'
import type { SettingsTable } from '../store/tables-settings.ts'
import type { Database, Tx } from '../store/store.ts'

// All SQL of what editors arrange besides stories.

export type SettingKind = SettingsTable['kind']
export type SettingRow = { id: string; value: unknown; at: number; by: string }

export const newestSetting = async (
  read: ReadonlyKysely<Database> | Tx,
  kind: SettingKind,
): Promise<SettingRow | null> => {
  const row = await read
    .selectFrom('settings')
    .select(['id', 'value', 'at', 'by'])
    .where('kind', '=', kind)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, value: JSON.parse(row.value) as unknown } : null
}

export const insertSetting = async (tx: Tx, kind: SettingKind, { id, value, at, by }: SettingRow): Promise<void> => {
  await tx
    .insertInto('settings')
    .values({ id, kind, value: JSON.stringify(value), at, by })
    .execute()
}
