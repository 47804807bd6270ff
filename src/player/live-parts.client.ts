import { adoptKnobs } from './knobs.client.ts'
import type { NowAnswer } from './now.ts'
import type { Store } from './store.client.ts'

// Parts of a page that follow the air carry `data-live`. When a programme or a title changes, the page is asked for
// once more and those parts are put in: they look as the server makes them, and nothing else moves.

/** What such a part shows of the air. */
const shownOf = ({ streams }: NowAnswer) =>
  streams
    .map(({ name, up, streamTitle, now, next }) =>
      [name, up, streamTitle, now?.start, now?.program, next?.start].join('|'),
    )
    .join('\n')

/** `spread` in milliseconds: listeners must not all ask at the same moment. */
export const followLiveParts = (store: Store, onReplaced: () => void, spread = 2000): void => {
  let shown = shownOf(store.answer())
  let timer: ReturnType<typeof setTimeout> | undefined
  store.onChange(() => {
    const next = shownOf(store.answer())
    if (next === shown) return
    shown = next
    if (!document.querySelector('[data-live]')) return
    clearTimeout(timer)
    timer = setTimeout(() => void replaceLiveParts().then(onReplaced, () => {}), Math.random() * spread)
  })
}

const replaceLiveParts = async () => {
  const asked = location.pathname
  const response = await fetch(asked, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  // The reader has gone elsewhere meanwhile.
  if (location.pathname !== asked) return
  for (const old of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const part = fresh.querySelector<HTMLElement>(`[data-live="${old.dataset.live}"]`)
    if (part) replaceKeepingFocus(old, document.importNode(part, true))
  }
}

const focusables = 'a[href], button, input, summary'

const replaceKeepingFocus = (old: HTMLElement, part: HTMLElement) => {
  const focused = [...old.querySelectorAll(focusables)].findIndex((element) => element === document.activeElement)
  adoptKnobs(part)
  old.replaceWith(part)
  part.querySelectorAll<HTMLElement>(focusables)[focused]?.focus({ preventScroll: true })
}

/** Moves needles between programmes: every ruler that says from when it counts. */
export const drawNeedles = (now: number, zoneClock: (at: number) => string): void => {
  for (const part of document.querySelectorAll<HTMLElement>('[data-from]')) {
    const ruler = part.querySelector<SVGElement>('svg.ruler')
    const minutes = Number(ruler?.getAttribute('viewBox')?.split(' ')[2] ?? 0)
    const gone = Math.min(minutes, Math.max(0, Math.round((now - Number(part.dataset.from)) / 6000) / 10))
    ruler?.querySelector('.played')?.setAttribute('d', `M0 8H${gone}`)
    ruler?.querySelector('.needle')?.setAttribute('d', `M${gone} -2V18`)
    const clock = part.querySelector('[data-clock]')
    if (clock && clock.textContent !== zoneClock(now)) clock.textContent = zoneClock(now)
  }
}
