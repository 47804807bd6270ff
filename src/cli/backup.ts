import { resolve } from 'node:path'
import { systemClock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import { loadConfig } from '../config/load.ts'
import { openStore, restoreStation } from '../store/store.ts'

const deps = (part: string) => ({
  clock: systemClock,
  ids: createIds({ clock: systemClock }),
  log: createLog({ clock: systemClock, part }),
})

/** `backup DIR FILE`: the station as it is at this moment, in one new file; also while it runs. */
export const backup = async ([folder, file]: string[]): Promise<number> => {
  if (!folder || !file) throw new GroundwaveError('USAGE', '(backup DIR FILE)')
  const config = loadConfig(folder, process.env)
  const url = process.env['GROUNDWAVE_DATABASE'] || config.database
  const store = await openStore({ ...deps('backup'), url, folder: config.folder })
  try {
    const { bytes, rows, blobs } = await store.backup(resolve(file))
    process.stdout.write(`${resolve(file)}: ${rows} rows and ${blobs} files, ${(bytes / 1e6).toFixed(1)} MB.\n`)
    process.stdout.write('The sound archive is not in it: copy data/air for that.\n')
    return 0
  } finally {
    await store.stop()
  }
}

/** `restore FILE DIR`: a station in an empty folder, from what `backup` wrote. */
export const restoreCommand = async ([file, folder]: string[]): Promise<number> => {
  if (!folder || !file) throw new GroundwaveError('USAGE', '(restore FILE DIR)')
  const url = process.env['GROUNDWAVE_DATABASE']
  const { rows, blobs } = await restoreStation(resolve(file), { ...deps('restore'), url, folder: resolve(folder) })
  process.stdout.write(`${resolve(folder)}: ${rows} rows and ${blobs} files are back.\n`)
  return 0
}
