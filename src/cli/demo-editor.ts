import { randomBytes } from 'node:crypto'
import { systemClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import type { LoadedConfig } from '../config/load.ts'
import { openPeople } from '../people/people.ts'
import { openStore } from '../store/store.ts'

const EMAIL = 'rosalind@oxbow.example'
const KEY = 'demo'

/** The demo's editor, made at the first start. @returns a fresh key that acts in her name; the one before is dead. */
export const demoEditorToken = async (config: LoadedConfig): Promise<string> => {
  const clock = systemClock
  const deps = { clock, ids: createIds({ clock }), log: createLog({ clock, part: 'demo' }) }
  const url = process.env['GROUNDWAVE_DATABASE'] || config.database
  const store = await openStore({ ...deps, url, folder: config.folder })
  try {
    const people = openPeople({ ...deps, store, random: randomBytes, secure: false })
    if (!(await people.byEmail(EMAIL))) {
      const { token } = await people.invite({ email: EMAIL, role: 'editor', by: 'cli' })
      // Nobody signs in with it: whoever needs her password has one made anew.
      const password = randomBytes(24).toString('base64url')
      await people.join({ token, name: 'Rosalind Quarles', password, agent: 'groundwave demo' })
    }
    const account = await people.byEmail(EMAIL)
    if (!account) throw new Error('the demo editor has no account')
    for (const { id, name } of await people.tokensOf(account.id))
      if (name === KEY) await people.revokeToken({ id, accountId: account.id, by: 'cli' })
    return (await people.makeToken({ accountId: account.id, name: KEY, by: 'cli' })).token
  } finally {
    await store.stop()
  }
}
