type Given = Record<string, string | boolean | ((event: Event) => void)>
type Child = Element | string | null | false

/** An element with attributes, listeners (`onclick`) and children. Text is text: nothing is ever read as markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  given: Given = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'function') element.addEventListener(key.replace(/^on/, ''), value)
    else if (typeof value === 'boolean') element.toggleAttribute(key, value)
    else element.setAttribute(key, value)
  }
  element.append(...children.filter((child) => child !== null && child !== false))
  return element
}

const paths = {
  check: ['M4 12.5l5 5L20 6.5'],
  cross: ['M6 6l12 12M18 6L6 18'],
  warn: ['M12 4l9.5 16.5h-19zM12 10v5M12 17.5v.5'],
}

export const sign = (name: keyof typeof paths): Element => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  for (const d of paths[name]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}

/** The part of the page that is called so. Throws when the page is not ours. */
export const part = (root: ParentNode, name: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`)
  if (!found) throw new Error(`The page has no ${name}.`)
  return found
}
