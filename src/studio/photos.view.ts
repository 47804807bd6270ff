import { html } from 'hono/html'
import { photoFilters } from '../library/photos.ts'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import type { PhotoList, Tile } from './photo-list.ts'
import { filterEmpty, filterNames, lackShort, photoKinds } from './photo-words.ts'

type Around = { mayUpload: boolean; panel?: Html | ''; say?: Html | '' }

/** The photo library: what arrives, what there is, and one of it beside. */
export const photosView = (list: PhotoList, { mayUpload, panel = '', say = '' }: Around): Html => {
  const { q, filter } = list
  return html`<studio-photos data-uploads="${mayUpload ? 'yes' : 'no'}">
    <div class="head">
      <h1>Photos</h1>
      <form class="find" role="search" action="/studio/photos">
        ${icon('search')}<input
          class="field"
          type="search"
          name="q"
          value="${q}"
          aria-label="Find a photo"
          placeholder="Find by caption, name, place"
        />
        ${filter !== 'newest' && html`<input type="hidden" name="show" value="${filter}" />`}
      </form>
      ${
        mayUpload &&
        html`<label class="button strong add"
          >${icon('put')}Add photos<input class="hidden" type="file" accept="${photoKinds}" multiple
        /></label>`
      }
    </div>
    ${say}
    <ul class="uploads" aria-label="Arriving" hidden></ul>
    <p class="hidden" role="status"></p>
    <div class="library">
      <nav class="filters" aria-label="Filter photos">
        ${photoFilters.map(
          (one) =>
            html`<a href="${list.hrefOf(one)}" ${one === filter && !panel ? html`aria-current="page"` : ''}
              >${filterNames[one]} <span>${list.counts[one].toLocaleString('en-US')}</span></a
            >`,
        )}
      </nav>
      <div class="${panel ? 'with-panel one' : 'without-panel'} gap-above">
        <div class="beside">${list.tiles.length > 0 ? tilesView(list) : emptyView(list)}</div>
        ${panel}
      </div>
    </div>
  </studio-photos>`
}

const tilesView = ({ tiles, older, q }: PhotoList): Html =>
  html`<ul class="tiles" aria-label="Photos">
      ${tiles.map(tileView)}
    </ul>
    <p class="list-end meta">
      ${older ? html`<a class="under" href="${older}">Older photos</a>` : q ? 'That is all that was found.' : 'That is all of them.'}
    </p>`

const tileView = ({ href, src, idea, alt, title, photographer, agency, terms, lacks, current }: Tile): Html => {
  const isBlocked = lacks.includes('terms')
  const lack = lacks.find((one) => lackShort[one])
  return html`<li class="${isBlocked ? 'blocked' : ''}" ${current ? html`aria-current="true"` : ''}>
    <a class="pic" href="${href}"
      >${src ? html`<img src="${src}" width="640" height="427" alt="${alt}" loading="lazy" ${idea && html`data-idea="${idea}"`} />` : html`<span class="no-file">${alt}</span>`}</a
    >
    <p>${title}</p>
    ${
      lack
        ? html`<p class="warnline${isBlocked ? ' bad' : ''}">${icon(isBlocked ? 'lock' : 'warn')}${lackShort[lack]}</p>`
        : html`<p class="by">
              ${photographer && html`<b>${photographer}</b>`}${photographer && agency && ' | '}${agency}
            </p>
            ${terms && html`<p class="by">${terms}</p>`}`
    }
  </li>`
}

const emptyView = ({ q, filter }: PhotoList): Html =>
  q
    ? html`<p class="empty">Nothing for “${q}”. <a class="under" href="/studio/photos">See all photos</a></p>`
    : html`<p class="empty">${filterEmpty[filter]}</p>`
