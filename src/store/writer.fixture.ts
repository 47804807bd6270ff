// A process that writes without a pause and acknowledges each commit on a line, for tests that kill it.
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { openStore } from './store.ts'

const [folder = '', url = '', name = ''] = process.argv.slice(2)
const clock = systemClock
const store = await openStore({ folder, url, clock, ids: createIds({ clock }), log: silentLog })
for (let n = 0; ; n++) {
  const id = `${name}-${n}`
  await store.tx(async (tx) => {
    store.events.append(tx, { type: 'test.written', actor: name, subject: { kind: 'test', id } })
    await tx.insertInto('login_salts').values({ day: id, salt: '' }).execute()
  })
  process.stdout.write(`${id}\n`)
  // Lines leave the process between the rounds.
  if (n % 5 === 0) await new Promise((done) => setImmediate(done))
}
