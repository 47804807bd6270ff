import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { soundKinds } from './audio.view.ts'
import { icon } from './icons.ts'
import { photoKinds } from './photo-words.ts'

// What the editor asks in a window of its own.

export const linkFormView = (): Html =>
  html`<dialog id="link-form" class="sheet" aria-labelledby="link-h">
    <form method="dialog">
      <h2 class="h" id="link-h">Where does it lead?</h2>
      <label class="label" for="link-to">Address</label>
      <input class="field" id="link-to" inputmode="url" autocomplete="off" />
      <p class="hint" role="status"></p>
      <p class="row">
        <button class="button strong" value="set">Set the link</button>
        <button class="button" value="off">Take it off</button>
        <button class="button" value="">Leave it</button>
      </p>
    </form>
  </dialog>`

export const soundPickerView = (): Html =>
  html`<dialog id="sound-picker" class="sheet wide" aria-labelledby="sound-h">
    <form method="dialog" class="picker-head">
      <h2 class="h" id="sound-h">Choose audio</h2>
      <button class="button" value="">Close</button>
    </form>
    <p class="row">
      <label class="find"
        >${icon('search')}<span class="hidden">Search the audio</span
        ><input class="field" type="search" placeholder="Search the audio"
      /></label>
      <label class="button strong"
        >${icon('put')}Upload<input class="hidden" type="file" accept="${soundKinds}"
      /></label>
    </p>
    <p class="meta" role="status" data-part="sounds-said"></p>
    <ul class="sound-list" data-part="sounds"></ul>
  </dialog>`

export const pickerView = (): Html =>
  html`<dialog id="picker" class="sheet wide" aria-labelledby="pick-h">
    <form method="dialog" class="picker-head">
      <h2 class="h" id="pick-h">Choose a photo</h2>
      <button class="button" value="">Close</button>
    </form>
    <p class="row">
      <label class="find"
        >${icon('search')}<span class="hidden">Search the library</span
        ><input class="field" type="search" placeholder="Search the library"
      /></label>
      <label class="button strong"
        >${icon('put')}Upload<input class="hidden" type="file" accept="${photoKinds}" multiple
      /></label>
    </p>
    <p class="meta" role="status" data-part="picker-said"></p>
    <ul class="tiles" data-part="tiles"></ul>
  </dialog>`
