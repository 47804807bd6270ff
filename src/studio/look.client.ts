import { tooNear } from '../look/contrast.ts'
import { lightnessFor, variablesOf } from '../look/theme.ts'
import type { Theme } from '../look/theme.ts'
import { warningOf } from './look-words.ts'

/** Follows the form: the front page beside it takes every value at once, and pairs hard to read are told. */
export class LookPreview extends HTMLElement {
  #signalHue = 0

  connectedCallback(): void {
    this.classList.add('scripted')
    this.#signalHue = this.#theme().signalHue
    this.addEventListener('input', (event) => {
      this.#follow(event.target)
      this.#apply()
    })
    this.#frame.addEventListener('load', () => this.#apply())
    this.querySelector('#logo-file')?.addEventListener('change', (event) => void this.#readLogo(event))
    for (const button of this.querySelectorAll<HTMLButtonElement>('.preview button'))
      button.addEventListener('click', () => this.#press(button))
    this.#apply()
  }

  get #frame(): HTMLIFrameElement {
    return this.querySelector('iframe')!
  }

  #value(name: string): string {
    return this.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value ?? ''
  }

  #theme(): Theme {
    return {
      signalHue: Number(this.#value('signalHue')),
      signalLight: Number(this.#value('signalLight')),
      houseHue: Number(this.#value('houseHue')),
      paperHue: Number(this.#value('paperHue')),
      read: this.#value('read') as Theme['read'],
      speak: this.#value('speak') as Theme['speak'],
      radius: Number(this.#value('radius')),
    }
  }

  // As long as nobody has chosen a lightness of their own, it is the one that goes with the hue.
  #follow(target: EventTarget | null): void {
    const { signalHue, signalLight } = this.#theme()
    if (
      target instanceof HTMLInputElement &&
      target.name === 'signalHue' &&
      signalLight === lightnessFor(this.#signalHue)
    )
      this.querySelector<HTMLInputElement>('[name="signalLight"]')!.value = String(lightnessFor(signalHue))
    this.#signalHue = signalHue
  }

  #apply(): void {
    const theme = this.#theme()
    for (const slider of this.querySelectorAll<HTMLElement>('.slider'))
      slider.querySelector('output')!.value = slider.querySelector('input')!.value
    for (const [name, value] of Object.entries(variablesOf(theme))) {
      this.style.setProperty(name, value)
      this.#frame.contentDocument?.documentElement.style.setProperty(name, value)
    }
    this.#say(tooNear(theme).map(warningOf))
    this.#name()
  }

  #name(): void {
    const page = this.#frame.contentDocument
    const line = page?.querySelector('.station-line')
    if (line) line.textContent = this.#value('line') || this.#value('name')
    for (const name of page?.querySelectorAll('.plate .name, header .name') ?? []) {
      const text = [...name.childNodes].findLast((node) => node.nodeType === Node.TEXT_NODE)
      if (text) text.textContent = this.#value('name')
    }
  }

  #say(warnings: string[]): void {
    const box = this.querySelector('.warnings')!
    const told = warnings.join('\n')
    if (box.getAttribute('data-told') === told) return
    box.setAttribute('data-told', told)
    const head = document.createElement('p')
    const strong = document.createElement('b')
    strong.textContent = 'Hard to read for many (under WCAG AA):'
    head.append(strong)
    const list = document.createElement('ul')
    list.append(
      ...warnings.map((warning) => {
        const item = document.createElement('li')
        item.textContent = warning
        return item
      }),
    )
    box.replaceChildren(...(warnings.length > 0 ? [head, list] : []))
  }

  async #readLogo(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0]
    if (file) this.querySelector<HTMLTextAreaElement>('#logo')!.value = await file.text()
  }

  #press({ dataset }: HTMLButtonElement): void {
    const { light, width } = dataset
    const page = this.#frame.contentDocument?.documentElement
    if (light && page) page.dataset['theme'] = light
    if (width) this.#frame.classList.toggle('phone', width === 'phone')
  }
}
