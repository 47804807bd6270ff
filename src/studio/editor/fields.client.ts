import { make } from './make.client.ts'
import type { Draft } from './shapes.ts'

/** A headline of so many characters fits every list and every phone; a longer one is cut by search engines and cards. */
const FITS = 70
const LONG = 100

const texts = ['headline', 'dek', 'slug', 'eyebrow', 'dateline', 'section', 'notes'] as const
type TextField = (typeof texts)[number]
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export type FieldsDeps = { root: HTMLElement; content: () => Draft; onChange: () => void }

/** Everything of a story that is not its body: the fields of the canvas and of the panel. */
export class Fields {
  readonly #deps: FieldsDeps
  readonly #bylines: HTMLElement
  #writes = false

  constructor(deps: FieldsDeps) {
    this.#deps = deps
    const { root, content, onChange } = deps
    this.#bylines = root.querySelector('[data-part="bylines"]')!
    for (const name of texts)
      this.#control(name).addEventListener('input', ({ currentTarget }) => {
        const control = currentTarget as Control
        // A headline is one line, also when somebody pastes two.
        if (name === 'headline' && control.value.includes('\n')) control.value = control.value.replace(/\s*\n\s*/g, ' ')
        content()[name] = control.value
        fit(control)
        onChange()
      })
    const headline = this.#control('headline')
    headline.addEventListener('keydown', (event) => {
      if ((event as KeyboardEvent).key !== 'Enter' || (event as KeyboardEvent).isComposing) return
      event.preventDefault()
      this.#control('dek').focus()
    })
    this.#control('topics').addEventListener('input', ({ currentTarget }) => {
      content().topics = (currentTarget as Control).value
        .split(',')
        .map((topic) => topic.trim())
        .filter(Boolean)
      onChange()
    })
    root.querySelector('[data-tool="byline"]')?.addEventListener('click', () => {
      content().bylines.push({ name: '', role: '' })
      this.#showBylines()
      this.#bylines.querySelector<HTMLInputElement>('div:last-child input')?.focus()
    })
  }

  show(): void {
    const content = this.#deps.content()
    for (const name of texts) this.#put(name, content[name])
    this.#put('topics', content.topics.join(', '))
    this.#showBylines()
  }

  allow(writes: boolean): void {
    this.#writes = writes
    for (const control of this.#deps.root.querySelectorAll<Control>('[data-field], [data-part="bylines"] input')) {
      if (control instanceof HTMLSelectElement) control.disabled = !writes
      else control.readOnly = !writes
    }
    for (const button of this.#deps.root.querySelectorAll<HTMLButtonElement>('.panel button')) button.disabled = !writes
  }

  #control(name: TextField | 'topics'): Control {
    return this.#deps.root.querySelector<Control>(`[data-field="${name}"]`)!
  }

  #put(name: TextField | 'topics', value: string): void {
    const control = this.#control(name)
    if (control instanceof HTMLSelectElement && value && ![...control.options].some((option) => option.value === value))
      control.add(new Option(value, value))
    // The cursor of who reads along stays where it is.
    if (control.value !== value) control.value = value
    fit(control)
  }

  #showBylines(): void {
    const { content, onChange } = this.#deps
    const rows = content().bylines.map((byline, index) => {
      const field = (key: 'name' | 'role', label: string) =>
        make('input', {
          class: 'field',
          'aria-label': `${label} ${index + 1}`,
          placeholder: label,
          value: byline[key],
          autocomplete: 'off',
          readonly: !this.#writes,
          oninput: ({ currentTarget }) => {
            byline[key] = (currentTarget as HTMLInputElement).value
            onChange()
          },
        })
      const remove = make(
        'button',
        {
          class: 'button small',
          type: 'button',
          'aria-label': `Take off ${byline.name || 'this name'}`,
          disabled: !this.#writes,
          onclick: () => {
            content().bylines.splice(index, 1)
            this.#showBylines()
            onChange()
          },
        },
        'Take off',
      )
      return make('div', { class: 'byline' }, field('name', 'Name'), field('role', 'Role'), remove)
    })
    this.#bylines.replaceChildren(...rows)
  }
}

/** What is said of a headline's length. */
export const headlineWords = (headline: string): { text: string; care: boolean } => {
  const { length } = [...headline.trim()]
  const count = length === 1 ? '1 character' : `${length} characters`
  if (length === 0) return { text: 'No headline yet', care: false }
  if (length <= FITS) return { text: `${count}; fits every place it will stand`, care: false }
  if (length <= LONG) return { text: `${count}; search engines will cut it after ${FITS}`, care: false }
  return { text: `${count}; too long for lists and phones, ${FITS} fit everywhere`, care: true }
}

/** As tall as its text, where the browser cannot do it by itself. */
const fit = (control: Control): void => {
  if (!(control instanceof HTMLTextAreaElement) || CSS.supports('field-sizing', 'content')) return
  control.style.blockSize = 'auto'
  control.style.blockSize = `${control.scrollHeight}px`
}
