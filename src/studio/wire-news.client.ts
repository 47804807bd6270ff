const LOOK_EVERY_MS = 10_000

/**
 * Says what has come since the list was made, and offers it: what one reads does not jump away.
 * `data-since` is the moment of the newest item on the page, ms since the epoch.
 */
export class WireNews extends HTMLElement {
  #timer: number | undefined

  connectedCallback(): void {
    this.#timer = window.setInterval(() => void this.#look(), LOOK_EVERY_MS)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (document.hidden) return
    const since = this.dataset['since'] ?? '0'
    const answer = await fetch(`/studio/wire/news?since=${since}`, {
      headers: { accept: 'application/json' },
    }).catch(() => null)
    if (!answer?.ok) return
    const { count } = (await answer.json()) as { count: number }
    const line = this.querySelector('.news')
    if (!line || count === 0) return
    const words = count === 1 ? 'One more has come or changed.' : `${count} more have come or changed.`
    if (line.querySelector('span')?.textContent === words) return
    const said = document.createElement('span')
    said.textContent = words
    const link = document.createElement('a')
    link.className = 'under'
    link.href = '/studio/wire?show=all'
    link.textContent = 'Show'
    line.replaceChildren(said, ' ', link)
  }
}
