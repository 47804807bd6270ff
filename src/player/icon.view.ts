import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { icons, type IconName } from './icons.ts'

/** What a component returns: markup whose values are escaped. */
export type Html = ReturnType<typeof html>

/** The markup as text. Our views never wait for anything, so it is there at once. */
export const textOf = (markup: Html): string => (markup as HtmlEscapedString).toString()

/** An icon is never alone: a word stands beside it or in the control's label. */
export const icon = (name: IconName, more = ''): Html =>
  html`<svg class="icon${more && ` ${more}`}" viewBox="0 0 24 24" aria-hidden="true">${raw(icons[name])}</svg>`
