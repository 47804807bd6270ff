/** A field whose text one press copies: `<copy-text><input readonly></copy-text>`. Without script it is a field. */
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('input')
    if (!field) return
    field.addEventListener('focus', () => field.select())
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button'
    button.textContent = 'Copy'
    button.addEventListener('click', () => void this.#copy(field, button))
    this.append(button)
  }

  async #copy(field: HTMLInputElement, button: HTMLButtonElement): Promise<void> {
    field.select()
    const done = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    )
    button.textContent = done ? 'Copied' : 'Selected: copy it now'
  }
}
