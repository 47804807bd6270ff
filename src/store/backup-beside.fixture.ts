// A process that makes a backup of a station another process is running, as `groundwave backup` does.
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { openStore } from './store.ts'

const [folder = '', url = '', file = ''] = process.argv.slice(2)
const clock = systemClock
const store = await openStore({ folder, url, clock, ids: createIds({ clock }), log: silentLog })
await store.backup(file)
await store.stop()
