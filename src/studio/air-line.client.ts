/** What is on the air, asked for again whenever the station tells of a change. */
export class AirLine extends HTMLElement {
  #events: EventSource | undefined

  connectedCallback(): void {
    this.#events = new EventSource('/api/v1/events')
    // The first message is what the page was made with.
    let first = true
    this.#events.addEventListener('now', () => {
      if (!first) void this.#renew()
      first = false
    })
  }

  disconnectedCallback(): void {
    this.#events?.close()
  }

  async #renew(): Promise<void> {
    const answer = await fetch('/studio/air-line', { redirect: 'error' }).catch(() => null)
    if (!answer?.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('ul')
    if (fresh) this.replaceChildren(fresh)
  }
}
