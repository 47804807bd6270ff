import type { Batch } from './save-queue.ts'
import type { Talk } from './talk.client.ts'
import { isOpenWindow } from './window-name.client.ts'

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

/**
 * Text of windows that are gone, and that the house never got: it gets it now, and makes a version of it. `window` is the
 * one that asks. Throws what `talk` throws; then the rest is still kept.
 */
export const sendKept = async (
  talk: Pick<Talk, 'save' | 'leave'>,
  { story, account, window: own }: Pick<Kept, 'story' | 'account' | 'window'>,
): Promise<void> => {
  for (const kept of keptTexts({ story, account })) {
    const { window: name, sequence } = kept
    // oxlint-disable-next-line no-await-in-loop -- one text after the other, in the order they were kept
    if (name !== own && (await isOpenWindow(name))) continue
    // oxlint-disable-next-line no-await-in-loop
    await talk.save(name, kept)
    forgetText({ story, window: name }, sequence)
    // oxlint-disable-next-line no-await-in-loop
    if (name !== own) await talk.leave(name)
  }
}

/** What this account wrote of a story on this computer, and no house has. */
const keptTexts = ({ story, account }: Pick<Kept, 'story' | 'account'>): Kept[] =>
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
