import assert from 'node:assert/strict'
import { suite } from 'node:test'
import { onBothEngines } from '../../test/world/postgres.ts'
import { createIds } from '../base/ids.ts'
import { silentLog } from '../base/log.ts'
import { openSetting } from './setting.ts'

suite('what editors arrange', () => {
  onBothEngines('the newest state holds, after a restart too; of two at once one is told', async ({ open }) => {
    const clock = { at: Date.UTC(2026, 4, 1), now: () => clock.at }
    const store = await open({ clock })
    const deps = { store, clock, ids: createIds({ clock }), log: silentLog }
    const front = openSetting<string[]>(deps, 'front')
    await front.start()
    let told = 0
    front.onChange(() => told++)
    assert.equal(front.current(), null)
    await front.change('ines', ['a', 'b'], '')
    assert.deepEqual(front.current(), ['a', 'b'])
    const first = front.state()?.id ?? ''
    await assert.rejects(front.change('theo', ['c'], ''), { code: 'SETTING_CHANGED' })
    // In the same millisecond, and with a clock that was set back.
    await front.change('theo', ['c'], first)
    clock.at -= 10_000
    await front.change('ines', ['d'], front.state()?.id ?? '')
    assert.deepEqual([front.current(), front.state()?.by, told], [['d'], 'ines', 3])
    const again = openSetting<string[]>(deps, 'front')
    await again.start()
    assert.deepEqual(again.current(), ['d'])
    const other = openSetting<string[]>(deps, 'sections')
    await other.start()
    assert.equal(other.current(), null)
    assert.equal((await store.events.since(0, 100)).filter(({ type }) => type === 'front.changed').length, 3)
    for (const one of [front, again, other]) one.stop()
  })
})
