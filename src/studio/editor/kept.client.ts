import type { Batch } from './save-queue.ts'

/** Text of one window that the house has not acknowledged. */
export type Kept = Batch & { story: string; window: string; account: string; at: number }

const prefix = 'groundwave-text-'

const keyOf = ({ story, window }: Pick<Kept, 'story' | 'window'>) => `${prefix}${story}-${window}`

/** Puts it where it outlives the window and the browser. @returns false where there is no room. */
export const keepText = (kept: Kept): boolean => {
  try {
    localStorage.setItem(keyOf(kept), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/** The house has it. A newer text that came in between stays. */
export const forgetText = (which: Pick<Kept, 'story' | 'window'>, upTo = Number.POSITIVE_INFINITY): void => {
  const there = read(keyOf(which))
  if (there && there.sequence <= upTo) localStorage.removeItem(keyOf(which))
}

/** What this account wrote of a story on this computer, and no house has. */
export const keptTexts = ({ story, account }: Pick<Kept, 'story' | 'account'>): Kept[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(`${prefix}${story}-`))
    .flatMap((key) => read(key) ?? [])
    .filter((kept) => kept.account === account)

const read = (key: string): Kept | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null
  } catch {
    return null
  }
}
