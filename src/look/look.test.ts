import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { waitFor } from '../../test/world/wait.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { openLook, standardTheme } from './look.ts'
import type { OpenLook } from './look.ts'

suite('the look', () => {
  onBothEngines('is the standard until somebody changes it, here or in another house', async ({ open, engine }) => {
    const clock = { now: () => Date.parse('2026-07-01T12:00:00Z') }
    const house = async (): Promise<OpenLook> => {
      const look = openLook({ store: await open({ clock }), clock, ids: createIds({ clock }), log: silentLog })
      await look.start()
      return look
    }
    const look = await house()
    const other = engine === 'postgres' ? await house() : null
    let told = 0
    look.onChange(() => (told += 1))
    assert.equal(look.sheet(), null)
    await look.change('ruth', {
      name: 'Harl Valley Radio',
      line: null,
      theme: { ...standardTheme, houseHue: 300, read: 'Georgia' },
      logo: { viewBox: '0 0 4 4', shapes: '<path d="M0 0"></path>' },
    })
    assert.ok(told > 0)
    assert.equal(look.current().name, 'Harl Valley Radio')
    assert.match(look.sheet()?.css ?? '', /--station-house-hue:300;.*--station-read:"Georgia"/)
    if (other) await waitFor('the other house', () => other.current().name === 'Harl Valley Radio')
    await look.change('ruth', { ...look.current(), theme: standardTheme })
    assert.equal(look.sheet(), null)
    look.stop()
    other?.stop()
  })
})
