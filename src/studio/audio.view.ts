import { html } from 'hono/html'
import type { Sound } from '../library/sounds.ts'
import type { Html } from '../player/icon.view.ts'
import { span } from '../player/words.ts'
import { icon } from './icons.ts'

/** Kinds a browser should offer: some know their files by name only. */
export const soundKinds = 'audio/*,.mp3,.m4a,.aac,.ogg,.opus'

export type AudioProps = { list: (Sound & { who: string; when: string; iso: string })[]; find: string }

/** Uploads first, then what there is. */
export const audioView = ({ list, find }: AudioProps): Html =>
  html`<div class="head">
      <h1>Audio</h1>
      <form class="find" role="search">
        ${icon('search')}
        <input class="field" type="search" name="q" value="${find}" aria-label="Find audio" placeholder="Find audio" />
      </form>
    </div>
    <studio-audio class="audio-room">
      <label class="drop">
        <span class="button strong">${icon('plus')}Add audio</span>
        <span class="meta">MP3, AAC, Ogg or M4A, up to 256 MB. You can drop files here.</span>
        <input type="file" accept="${soundKinds}" multiple />
      </label>
      <ul class="incoming" aria-label="On their way in"></ul>
      <ul class="sounds" aria-label="Audio">
        ${list.map(soundView)}
      </ul>
      ${list.length === 0 && emptyView(find)}
    </studio-audio>`

const emptyView = (find: string): Html =>
  find
    ? html`<p class="meta">Nothing called “${find}”. <a class="under" href="/studio/audio">All audio</a></p>`
    : html`<p class="meta">No audio yet. Add a recording, and it can be put into any story.</p>`

const soundView = ({ file, title, seconds, bytes, who, when, iso }: AudioProps['list'][number]): Html =>
  html`<li>
    <p class="title">${title || file}</p>
    <p class="meta">
      <b>${span(seconds * 1000)}</b><span class="dot"></span>${(bytes / 1e6).toFixed(1)} MB<span class="dot"></span
      >${who}<span class="dot"></span><time datetime="${iso}">${when}</time>
    </p>
    <audio controls preload="none" src="/audio/${file}" aria-label="${title || file}"></audio>
  </li>`
