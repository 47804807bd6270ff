import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'

/** What is done to the text, by button; the keys that do it stand in the buttons' titles. */
export const toolsView = (): Html => {
  const tool = (name: string, label: string, sign: Html, keys = '') =>
    html`<button
      class="tool"
      type="button"
      data-tool="${name}"
      aria-label="${label}"
      ${keys && html`aria-keyshortcuts="${keys}" title="${label} (${keys.replace('Control', 'Ctrl')})"`}
    >
      ${sign}
    </button>`
  return html`<div class="tools" role="toolbar" aria-label="Text" hidden>
    ${tool('bold', 'Bold', html`<b>B</b>`, 'Control+B')} ${tool('italic', 'Italic', html`<i>I</i>`, 'Control+I')}
    ${tool('link', 'Link', icon('link'), 'Control+K')}
    ${tool('quotation', 'Quotation', icon('quote'), 'Control+Shift+9')} ${tool('pull', 'Pull quote', html`<b>“</b>`)}
    ${tool('heading', 'Subheading', html`<b>H</b>`, 'Control+Alt+2')}
    ${tool('bullets', 'List', icon('list'), 'Control+Shift+8')}
    ${tool('numbers', 'Numbered list', icon('numbers'), 'Control+Shift+7')}
    <span class="sep"></span>
    ${tool('photo', 'Photo', icon('photo'))} ${tool('audio', 'Audio', icon('sound'))}
    ${tool('table', 'Table', icon('table'))}
    <span class="sep"></span>
    ${tool('undo', 'Undo', icon('undo', 'turns'), 'Control+Z')}
    ${tool('redo', 'Redo', icon('undo', 'again'), 'Control+Y')} ${tool('versions', 'Earlier versions', icon('clock'))}
  </div>`
}

/** Seen while the cursor is in a table. */
export const tableToolsView = (): Html => {
  const tool = (name: string, verb: string, words: string) =>
    html`<button class="button small" type="button" data-tool="${name}">
      ${icon(verb === 'Add' ? 'plus' : 'cross')}<span class="hidden">${verb} </span>${words}
    </button>`
  return html`<div class="table-tools" role="group" aria-label="This table" hidden>
    ${tool('row-below', 'Add', 'row')} ${tool('column-after', 'Add', 'column')} ${tool('remove-row', 'Remove', 'row')}
    ${tool('remove-column', 'Remove', 'column')} ${tool('remove-table', 'Remove', 'table')}
    <p class="hint">Tab goes from cell to cell, Esc comes here.</p>
  </div>`
}
