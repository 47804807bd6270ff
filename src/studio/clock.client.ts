/** The station's time, to the second: `<studio-clock data-zone="America/New_York"><time>…</time></studio-clock>`. */
export class Clock extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #format: Intl.DateTimeFormat | undefined

  connectedCallback(): void {
    const timeZone = this.dataset['zone'] ?? 'UTC'
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      hour12: true,
    })
    this.#tick()
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #tick(): void {
    const now = new Date()
    const time = this.querySelector('time')
    if (time && this.#format) {
      time.textContent = this.#format.format(now).replace(/\s*[AP]M$/i, '')
      time.dateTime = now.toISOString()
    }
    this.#timer = setTimeout(() => this.#tick(), 1000 - now.getMilliseconds())
  }
}
