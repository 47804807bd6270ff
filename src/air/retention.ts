import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hourFile } from './segment.ts'

/**
 * Deletes the hour files that are wholly older than `keepMs`, and the folders this leaves empty.
 * @returns how many hours were deleted.
 */
export const pruneArchive = async (
  folder: string,
  { keepMs, now }: { keepMs: number; now: number },
): Promise<number> => {
  // An hour is over 60 minutes after it began; what began before this may go.
  const oldest = hourFile(now - keepMs - 3_600_000, 0).slice(0, 10)
  let deleted = 0
  for (const year of await names(folder)) {
    for (const month of await names(join(folder, year))) {
      for (const day of await names(join(folder, year, month))) {
        const path = join(folder, year, month, day)
        const old = (await names(path)).filter((file) => `${year}${month}${day}${file.slice(0, 2)}` < oldest)
        await Promise.all(old.map((file) => rm(join(path, file), { force: true })))
        deleted += old.filter((file) => file.endsWith('.ev')).length
        await removeIfEmpty(path)
      }
      await removeIfEmpty(join(folder, year, month))
    }
    await removeIfEmpty(join(folder, year))
  }
  return deleted
}

const names = async (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

const removeIfEmpty = async (folder: string): Promise<void> => {
  if ((await names(folder)).length === 0) await rm(folder, { recursive: true, force: true })
}
