import { cropOf } from '../library/rendition.ts'
import type { Shape } from '../library/rendition.ts'

/** The focus is set by a press on the photo or by two sliders; the cuts beside it follow at once. */
export class PhotoFocus extends HTMLElement {
  connectedCallback(): void {
    const photo = this.querySelector<SVGSVGElement>('.focus-photo')
    photo?.addEventListener('click', (event) => {
      const box = photo.getBoundingClientRect()
      this.#set('focusX', (event.clientX - box.left) / box.width)
      this.#set('focusY', (event.clientY - box.top) / box.height)
      this.#draw()
    })
    this.addEventListener('input', () => this.#draw())
  }

  #slider(name: string): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(`[name=${name}]`)
  }

  #set(name: string, share: number): void {
    const slider = this.#slider(name)
    if (slider) slider.value = String(Math.round(Math.min(Math.max(share, 0), 1) * 100))
  }

  #draw(): void {
    const size = { width: Number(this.dataset['width']), height: Number(this.dataset['height']) }
    const at = (name: string) => Number(this.#slider(name)?.value ?? 50)
    const focus = { x: at('focusX') / 100, y: at('focusY') / 100 }
    this.#slider('focusX')?.setAttribute('aria-valuetext', `${at('focusX')} percent from the left`)
    this.#slider('focusY')?.setAttribute('aria-valuetext', `${at('focusY')} percent from the top`)
    for (const ring of this.querySelectorAll('.ring')) {
      ring.setAttribute('cx', String(focus.x * size.width))
      ring.setAttribute('cy', String(focus.y * size.height))
    }
    for (const crop of this.querySelectorAll<SVGSVGElement>('.crop')) {
      const { left, top, width, height } = cropOf(size, crop.dataset['shape'] as Shape, focus)
      crop.setAttribute('viewBox', `${left} ${top} ${width} ${height}`)
    }
  }
}
