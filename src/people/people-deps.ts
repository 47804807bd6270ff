import type { Clock } from '../base/clock.ts'
import type { Ids, Random } from '../base/ids.ts'
import type { Store } from '../store/store.ts'
import type { Cost } from './passwords.ts'

export type PeopleDeps = {
  store: Store
  clock: Clock
  ids: Ids
  random: Random
  /** Cookies only over https; true as soon as the station has an https address. */
  secure: boolean
  /** For tests: hashing that takes no time. */
  cost?: Cost
}
