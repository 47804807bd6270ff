// A process that runs jobs, each with its effect in one transaction, for tests that kill it.
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { openStore } from './store.ts'

const [folder = '', url = ''] = process.argv.slice(2)
const clock = systemClock
const store = await openStore({ folder, url, clock, ids: createIds({ clock }), log: silentLog })
const runner = store.jobRunner({
  atOnce: 4,
  leaseMs: 300,
  lookEveryMs: 50,
  handlers: {
    count: async ({ id, payload }, { done }) => {
      await sleep(5)
      await store.tx(async (tx) => {
        store.events.append(tx, {
          type: 'job.counted',
          actor: 'system',
          subject: { kind: 'job', id },
          data: { n: payload },
        })
        await done(tx)
      })
    },
  },
})
await runner.start()
process.stdout.write('running\n')
