import { commands } from './keys.client.ts'
import type { CommandName } from './keys.client.ts'
import type { Surface } from './surface.client.ts'

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

/**
 * The toolbar: one stop for the Tab key, arrows walk within (WAI-ARIA APG, toolbar).
 * @returns what shows where the cursor is.
 */
export const connectTools = (root: HTMLElement, surface: Surface, more: Record<string, () => void>): (() => void) => {
  const bar = root.querySelector<HTMLElement>('.tools')!
  const tools = [...bar.querySelectorAll<HTMLButtonElement>('button')]
  for (const tool of [...tools, ...root.querySelectorAll<HTMLButtonElement>(':is(.panel, .table-tools) [data-tool]')]) {
    const name = tool.dataset['tool'] ?? ''
    // The selection stays where it is while a finger is on the button.
    tool.addEventListener('mousedown', (event) => event.preventDefault())
    tool.addEventListener('click', () => {
      if (isCommand(name)) surface.run(name)
      else if (name === 'link') surface.link()
      else more[name]?.()
    })
  }
  bar.addEventListener('keydown', ({ key }) => {
    const at = tools.indexOf(document.activeElement as HTMLButtonElement)
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tools.length - 1 }
    const next = tools[((steps[key] ?? at) + tools.length) % tools.length]
    if (!(key in steps) || !next) return
    for (const tool of tools) tool.tabIndex = tool === next ? 0 : -1
    next.focus()
  })
  for (const [at, tool] of tools.entries()) tool.tabIndex = at === 0 ? 0 : -1

  keepAboveKeyboard()
  const tableTools = root.querySelector<HTMLElement>('.table-tools')
  // The Tab key goes from cell to cell: without a way out by another one, who has only keys would be caught in there.
  surface.view.dom.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !tableTools || tableTools.hidden) return
    event.preventDefault()
    tableTools.querySelector('button')?.focus()
  })
  const speaker = root.querySelector<HTMLElement>('.speaker')
  const field = speaker?.querySelector('input')
  field?.addEventListener('input', () => surface.setSpeaker(field.value))
  return () => {
    const said = surface.speaker()
    if (speaker && field) {
      speaker.hidden = said === null || bar.hidden
      if (said !== null && document.activeElement !== field) field.value = said
    }
    if (tableTools) tableTools.hidden = bar.hidden || !surface.is('table')
    for (const tool of tools) {
      const name = tool.dataset['tool'] ?? ''
      if (!isCommand(name)) continue
      const isToggle = !/^(undo|redo|table)$/.test(name)
      if (isToggle) tool.setAttribute('aria-pressed', String(surface.is(name)))
      else tool.setAttribute('aria-disabled', String(!surface.can(name)))
    }
  }
}

/** Tells the styles how much of the page a phone's keyboard hides: there the toolbar stands above it. */
const keepAboveKeyboard = (): void => {
  const view = window.visualViewport
  if (!view) return
  const measure = () => {
    const hidden = Math.max(0, window.innerHeight - view.height - view.offsetTop)
    document.documentElement.style.setProperty('--keyboard', `${Math.round(hidden)}px`)
  }
  view.addEventListener('resize', measure)
  view.addEventListener('scroll', measure)
}
