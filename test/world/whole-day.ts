import type { Role } from '../../src/people/people.ts'
import { fillDesk, fillWire, hireStaff, signIn } from './newsroom-day.ts'
import { fillLibrary } from './photo-day.ts'

/** A day's work, done: ids of stories by slug, the one whose update waits, and the cookie of somebody of this role. */
export type WholeDay = { ids: Record<string, string>; waiting: string; cookie: string }

/** Gives a running demo its people, its stories, its wire and its photos. */
export const fillDay = async ({ house, folder }: { house: string; folder: string }, role: Role): Promise<WholeDay> => {
  const staff = await hireStaff(folder)
  const ids = await fillDesk(house, staff)
  const waiting = await fillWire(house, staff)
  const cookie = await signIn(
    house,
    staff.find((one) => one.role === role)!,
  )
  await fillLibrary(house, { folder, cookie })
  return { ids, waiting, cookie }
}
