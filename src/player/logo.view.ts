import { html, raw } from 'hono/html'
import type { Look } from '../look/look.ts'
import type { Html } from './icon.view.ts'

/** The station's mark in the ink around it. */
export const logoView = (logo: Look['logo']): Html => (logo ? ownView(logo) : standardView())

// Its shapes were put together by look/logo.ts out of what it knows.
const ownView = ({ viewBox, shapes }: NonNullable<Look['logo']>): Html =>
  html`<svg class="logo" viewBox="${viewBox}" aria-hidden="true">${raw(shapes)}</svg>`

const standardView = (): Html =>
  html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M6 29V14.500a10 10 0 0 1 20 0V29" fill="none" stroke="currentColor" stroke-width="4.500" />
    <path d="M12.600 29V15.200a3.400 3.400 0 0 1 6.800 0V29" fill="none" stroke="currentColor" stroke-width="2.200" />
  </svg>`
