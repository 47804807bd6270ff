import { icons, type IconName } from './icons.ts'

/** Writes only what has changed: a text node that is written again is spoken again and selected no longer. */
export const setText = (element: Element | null | undefined, text: string): void => {
  if (element && element.textContent !== text) element.textContent = text
}

export const setAttribute = (element: Element | null | undefined, name: string, value: string): void => {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value)
}

export const setHidden = (element: Element | null | undefined, isHidden: boolean): void => {
  element?.toggleAttribute('hidden', isHidden)
}

/** Puts another sign into an icon's place. */
export const setIcon = (holder: Element | null | undefined, name: IconName): void => {
  const svg = holder?.querySelector('svg')
  if (!svg || svg.dataset.icon === name) return
  svg.dataset.icon = name
  svg.innerHTML = icons[name]
}

/** A link of the server's becomes the button it is with script; everything else about it stays. */
export const buttonFrom = (link: HTMLAnchorElement): HTMLButtonElement => {
  const button = document.createElement('button')
  button.type = 'button'
  for (const { name, value } of link.attributes) if (name !== 'href') button.setAttribute(name, value)
  button.append(...link.childNodes)
  link.replaceWith(button)
  return button
}
