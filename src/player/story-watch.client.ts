import type { Store } from './store.client.ts'
import { clockTime } from './words.ts'

// A reader whose story has been corrected, changed or withdrawn is told so, quietly: in a corner, once, and nothing
// moves. Whether it has, the page's head says (docs/contracts/004): only that is asked for.

/** Milliseconds over which readers spread their asking. */
const SPREAD = 4000
const HALF_A_DAY = 12 * 60 * 60 * 1000

/** To be called when stories have changed, or when word of it may have been missed. */
export const createStoryWatch = (store: Store, spread = SPREAD): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async () => {
    const story = document.querySelector<HTMLElement>('[data-story]')
    if (!story) return
    const asked = location.pathname
    const response = await fetch(asked, { method: 'HEAD', cache: 'no-store' })
    // The reader has gone elsewhere meanwhile.
    if (!story.isConnected) return
    const version = response.headers.get('story-version')
    if (response.status === 410) tell(story, 'This story has been withdrawn.', 'Read why')
    else if (response.status === 404) tell(story, 'This story is not public any more.', 'See')
    else if (version && version !== story.dataset.story) tell(story, wordOf(version, story), 'Read it as it is now')
  }

  /** `2 2026-03-12T20:20:00.000Z`: corrections, and the last change. */
  const wordOf = (version: string, { dataset }: HTMLElement) => {
    const [corrections = '0', at = ''] = version.split(' ')
    const isCorrected = Number(corrections) > Number(dataset.story?.split(' ')[0] ?? 0)
    const when = Date.parse(at)
    // A source may tell of a change long after it.
    const clock = Math.abs(store.now() - when) < HALF_A_DAY ? ` at ${clockTime(when, store.answer().zone)}` : ''
    return `This story was ${isCorrected ? 'corrected' : 'updated'}${clock}.`
  }

  return () => {
    if (timer || !document.querySelector('[data-story]')) return
    timer = setTimeout(() => {
      timer = undefined
      look().catch(() => {})
    }, Math.random() * spread)
  }
}

const tell = (story: HTMLElement, text: string, way: string) => {
  const place = story.querySelector('.story-news')
  if (!place || place.firstChild?.textContent === text) return
  const link = document.createElement('a')
  link.className = 'under'
  link.href = location.pathname
  link.textContent = way
  const words = document.createElement('span')
  words.textContent = text
  const later = document.createElement('button')
  later.type = 'button'
  later.textContent = 'Not now'
  later.addEventListener('click', () => place.replaceChildren())
  place.replaceChildren(words, ' ', link, ' ', later)
}
