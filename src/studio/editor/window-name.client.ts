const KEY = 'groundwave-window'

/** Without https there is no crypto.randomUUID. */
const newName = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The lock of the Web Locks API by which other windows see that this one lives. */
const lockOf = (name: string) => `groundwave-window-${name}`

/** Holds it until the window is gone; false when another window has it. Where there are no locks, names are always new. */
const hold = async (name: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  void navigator.locks.request(lockOf(name), { ifAvailable: true }, (lock) => {
    resolve(lock !== null)
    return lock && new Promise(() => {})
  })
  return promise
}

/** The page that was here before lets go of its lock a moment after it is gone. */
const holdSoon = async (name: string): Promise<boolean> => {
  for (let tries = 0; tries < 10; tries++) {
    // oxlint-disable-next-line no-await-in-loop -- one try after the other
    if (await hold(name)) return true
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((soon) => setTimeout(soon, 100))
  }
  return false
}

/**
 * What the house knows this window by. It stays the same when the page is loaded again, and a window that was
 * duplicated gets another: two windows are two writers.
 */
export const windowName = async ({ fresh = false } = {}): Promise<string> => {
  const before = fresh ? null : sessionStorage.getItem(KEY)
  if (before && 'locks' in navigator && (await holdSoon(before))) return before
  const name = newName()
  sessionStorage.setItem(KEY, name)
  if ('locks' in navigator) await hold(name)
  return name
}

/** Whether a window of this name is open in this browser; not known without locks. */
export const isOpenWindow = async (name: string): Promise<boolean> => {
  if (!('locks' in navigator)) return false
  const { held = [] } = await navigator.locks.query()
  return held.some((lock) => lock.name === lockOf(name))
}
