import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import type { ShownState } from './story-state.ts'

/** A state: always a shape and a word. */
export const stateView = ({ kind, word, icon: sign }: ShownState): Html =>
  html`<span class="state ${kind}">${sign && icon(sign)}${word}</span>`
