import { html, raw } from 'hono/html'
import { icons as shared } from '../player/icons.ts'
import type { Html } from '../player/icon.view.ts'

/** What only the staff's screens draw, on the same 24 grid as the player's. */
const own = {
  back: '<path d="M20 12H5M11 6l-6 6 6 6"/>',
  up: '<path d="M5 15l7-7 7 7"/>',
  numbers:
    '<path d="M10 6h11M10 12h11M10 18h11M3.5 5l1.500-1v5M3.500 15.500c.6-1.400 2.900-1.200 2.700.3-.1 1-2.700 2.200-2.700 3.700h2.900"/>',
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5.5 5.5"/>',
  close: '<path d="M5 5l14 14M19 5L5 19"/>',
  out: '<path d="M10 5H5v14h14v-5M13 4h7v7M20 4l-9 9"/>',
  put: '<path d="M12 16V5M7 9.5l5-5 5 5M4 20h16"/>',
  lock: '<path d="M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 8 0V11"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.7"/>',
  photo: '<path d="M3.5 5h17v14h-17zM4 17l5-5 3.5 3.5L16 12l4.5 4.5"/><circle class="f" cx="8.5" cy="9" r="1.5"/>',
  mic: '<path d="M9 4h6v9a3 3 0 0 1-6 0zM5.5 12a6.5 6.5 0 0 0 13 0M12 18.5V22"/>',
  check: '<path d="M4 12.5l5 5L20 6.5"/>',
  cross: '<path d="M6 6l12 12M18 6L6 18"/>',
  pen: '<path d="M4 20l1-5L16.5 3.5l4 4L9 19zM14 6l4 4"/>',
  wire: '<path d="M3 18h18M6 18V9M12 18V5M18 18V9M3 9h18"/>',
  kill: '<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>',
  hold: '<path d="M6 3.5h12M6 20.5h12M7 4v3.5l10 9V20M17 4v3.5l-10 9V20"/>',
  week: '<path d="M3.5 5.5h17v15h-17zM3.5 10h17M8 3v4M16 3v4"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 2.5-6.5 6.5-6.5s6.5 2.5 6.5 6.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14c2.2.8 3.5 3 3.5 6"/>',
  filter: '<path d="M3 6h18M6.5 12h11M10 18h4"/>',
  plus: '<path d="M12 4v16M4 12h16"/>',
  undo: '<path d="M4 9h10a5.5 5.5 0 0 1 0 11H8M8 5L4 9l4 4"/>',
  more: '<path class="f" d="M4 10.5h3v3H4zM10.5 10.5h3v3h-3zM17 10.5h3v3h-3z"/>',
  gear: '<circle cx="12" cy="12" r="3"/><path d="M12 3v4M12 17v4M3 12h4M17 12h4M5.6 5.6l2.9 2.9M15.5 15.5l2.9 2.9M18.4 5.6l-2.9 2.9M8.5 15.5l-2.9 2.9"/>',
  link: '<path d="M10 14l4-4M11 7l2-2a4.2 4.2 0 0 1 6 6l-2 2M13 17l-2 2a4.2 4.2 0 0 1-6-6l2-2"/>',
  quote:
    '<path class="f" d="M4 13V9c0-2 1-3.5 4-4v2c-1.3.3-1.8 1-1.8 2H9v6H4zM13 13V9c0-2 1-3.5 4-4v2c-1.3.3-1.8 1-1.8 2H18v6h-5z" transform="translate(1 2)"/>',
  scissors: '<circle cx="6" cy="7" r="2.5"/><circle cx="6" cy="17" r="2.5"/><path d="M8 8.5L20 17M8 15.5L20 7"/>',
  table: '<path d="M3.5 5h17v14h-17zM3.5 9.7h17M3.5 14.3h17M9.2 5v14M14.8 5v14"/>',
  front: '<path d="M3.5 4.5h17v15h-17zM7 8.5h10M7 12h4v4H7zM14 12h3M14 15.5h3"/>',
} as const

const icons = { ...shared, ...own }
export type StudioIcon = keyof typeof icons

/** An icon is never alone: a word stands beside it or in the control's label. */
export const icon = (name: StudioIcon, more = ''): Html =>
  html`<svg class="icon${more && ` ${more}`}" viewBox="0 0 24 24" aria-hidden="true">${raw(icons[name])}</svg>`
