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
  pickerView({
    id: 'sound-picker',
    heading: 'sound-h',
    title: 'Choose audio',
    find: 'Search the audio',
    kinds: soundKinds,
    said: 'sounds-said',
    list: html`<ul class="sound-list" data-part="sounds"></ul>`,
  })

export const photoPickerView = (): Html =>
  pickerView({
    id: 'picker',
    heading: 'pick-h',
    title: 'Choose a photo',
    find: 'Search the library',
    kinds: photoKinds,
    several: true,
    said: 'picker-said',
    list: html`<ul class="tiles" data-part="tiles"></ul>`,
  })

type Picker = {
  id: string
  /** Id of its heading, which names it. */
  heading: string
  title: string
  find: string
  /** Of files that may be uploaded. */
  kinds: string
  several?: boolean
  /** Part of the page in which it is told how the search goes. */
  said: string
  list: Html
}

const pickerView = ({ id, heading, title, find, kinds, several = false, said, list }: Picker): Html =>
  html`<dialog id="${id}" class="sheet wide" aria-labelledby="${heading}">
    <form method="dialog" class="picker-head">
      <h2 class="h" id="${heading}">${title}</h2>
      <button class="button" value="">Close</button>
    </form>
    <p class="row">
      <label class="find"
        >${icon('search')}<span class="hidden">${find}</span><input class="field" type="search" placeholder="${find}"
      /></label>
      <label class="button strong"
        >${icon('put')}Upload<input class="hidden" type="file" accept="${kinds}" ${several ? 'multiple' : ''}
      /></label>
    </p>
    <p class="meta" role="status" data-part="${said}"></p>
    ${list}
  </dialog>`
