/** As often as the air tells the house how many listen. */
const EVERY_MS = 5000

/** The board, asked for again while somebody looks at it. Parts that say the same stay as they are. */
export class StudioBoard extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined

  connectedCallback(): void {
    this.#timer = setInterval(() => void this.#renew(), EVERY_MS)
    document.addEventListener('visibilitychange', this.#seen)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
    document.removeEventListener('visibilitychange', this.#seen)
  }

  readonly #seen = (): void => void this.#renew()

  async #renew(): Promise<void> {
    if (document.hidden) return
    const answer = await fetch('/studio/on-air/board', { redirect: 'error' }).catch(() => null)
    if (!answer?.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.board')
    const board = this.querySelector('.board')
    if (!fresh || !board) return
    const [now, next] = [[...board.children], [...fresh.children]]
    if (now.length !== next.length) return board.replaceChildren(...next)
    // The region that speaks must stay, or every renewal would be read aloud.
    now.forEach((part, at) => {
      const other = next[at]
      if (!other || wordsOf(part) === wordsOf(other)) return
      // What listens along goes on listening.
      for (const fresh of other.querySelectorAll<HTMLElement>('studio-level')) {
        const playing = [...part.querySelectorAll<HTMLElement>('studio-level')]
        const same = playing.find(({ dataset }) => dataset['src'] === fresh.dataset['src'])
        if (same) fresh.replaceWith(same)
      }
      part.className = other.className
      part.replaceChildren(...other.childNodes)
    })
  }
}

/** What the house says of a part, without what moves in it by itself. */
const wordsOf = (part: Element): string => {
  const copy = part.cloneNode(true) as Element
  for (const level of copy.querySelectorAll('studio-level')) level.replaceChildren()
  return copy.className + copy.innerHTML
}
