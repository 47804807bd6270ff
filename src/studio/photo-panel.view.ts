import { html } from 'hono/html'
import { cropOf } from '../library/rendition.ts'
import type { Shape } from '../library/rendition.ts'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import { fieldNames } from './photo-page.ts'
import type { PhotoPage } from './photo-page.ts'
import { lackLong, usualTerms } from './photo-words.ts'
import { sayView } from './say.view.ts'

/** One photo: what it lacks, what is said of it, its focus, where it is used. */
export const photoPanelView = (page: PhotoPage): Html => {
  const { photo, lacks, facts, mayEdit, saved, theirs } = page
  return html`<aside class="panel" aria-labelledby="photo-h">
    <p class="only-alone"><a class="under" href="/studio/photos">All photos</a></p>
    <h2 id="photo-h">${photo.name || 'A photo'}</h2>
    ${saved && sayView('info', 'Kept.')} ${theirs && theirsView(theirs)}
    ${lacks.map(
      (lack) =>
        html`<p class="warnline${lack === 'terms' ? ' bad' : ''}">
          ${icon(lack === 'terms' ? 'lock' : 'warn')}${lackLong[lack]}
        </p>`,
    )}
    ${mayEdit ? formView(page) : saidView(page)} ${usesView(page)} ${historyView(page)} ${deleteView(page)}
    <section>
      <h2>The file</h2>
      ${facts.map((fact) => html`<p class="meta">${fact}</p>`)}
    </section>
  </aside>`
}

const theirsView = (theirs: NonNullable<PhotoPage['theirs']>): Html =>
  sayView(
    'care',
    'Somebody else has changed this photo meanwhile.',
    'Nothing of yours is saved yet. Where you differ they wrote:',
    html`<ul>
      ${theirs.map(({ name, value }) => html`<li><b>${name}</b>: ${value}</li>`)}
    </ul>`,
  )

const formView = (page: PhotoPage): Html => {
  const { photo, fields, lacks, uploader, isMine } = page
  const noCredit = lacks.includes('credit')
  return html`<form class="stack" method="post" action="/studio/photos/${photo.id}" id="photo-form">
    <input type="hidden" name="version" value="${photo.version}" />
    ${photo.file && focusView(page)}
    <div>
      <label class="label" for="caption">Caption</label
      ><textarea class="field" id="caption" name="caption" rows="3" maxlength="2000">${fields.caption}</textarea>
    </div>
    <div>
      <label class="label" for="photographer">Photographer</label
      ><input
        class="field"
        id="photographer"
        name="photographer"
        maxlength="300"
        value="${fields.photographer}"
        ${noCredit ? html`aria-invalid="true" aria-describedby="photographer-hint"` : ''}
      />
      ${
        noCredit &&
        html`<p class="hint care" id="photographer-hint">
            ${
              isMine
                ? 'You brought it in. Did you take it, too?'
                : uploader
                  ? `Brought in by ${uploader}. Did they take it?`
                  : 'The one who pressed the button.'
            }
          </p>
          ${uploader && html`<button class="button small" name="took" value="${uploader}">Yes, ${uploader}</button>`}`
      }
    </div>
    <div>
      <label class="label" for="agency">Agency</label
      ><input class="field" id="agency" name="agency" maxlength="300" value="${fields.agency}" />
    </div>
    <div>
      <label class="label" for="agencyUrl">The agency’s page</label
      ><input
        class="field"
        id="agencyUrl"
        name="agencyUrl"
        type="url"
        maxlength="1000"
        placeholder="https://"
        value="${fields.agencyUrl}"
      />
    </div>
    <div>
      <label class="label" for="alt">For those who cannot see it</label
      ><textarea
        class="field"
        id="alt"
        name="alt"
        rows="3"
        maxlength="1000"
        aria-describedby="alt-hint"
        ${lacks.includes('alt') ? html`aria-invalid="true"` : ''}
      >
${fields.alt}</textarea>
      <p class="hint" id="alt-hint">What one would tell somebody on the phone, in a sentence or two.</p>
    </div>
    <div>
      <label class="label" for="terms">Terms</label
      ><input
        class="field"
        id="terms"
        name="terms"
        maxlength="300"
        list="usual-terms"
        value="${fields.terms}"
        aria-describedby="terms-hint"
        ${lacks.includes('terms') ? html`aria-invalid="true"` : ''}
      />
      <datalist id="usual-terms">${usualTerms.map((terms) => html`<option value="${terms}"></option>`)}</datalist>
      <p class="hint" id="terms-hint">
        On what terms we may show it. Empty means that nobody knows, and it is not shown.
      </p>
    </div>
    <div class="panel-save">
      <button class="button strong">Keep</button>
      <p class="hint">Stories keep the words they were written with.</p>
    </div>
  </form>`
}

const focusView = ({ photo, fields }: PhotoPage): Html => {
  const { width, height } = photo.file ?? { width: 3, height: 2 }
  const [x, y] = [Math.round(fields.focus.x * 100), Math.round(fields.focus.y * 100)]
  const src = `/pictures/${photo.id}/640.webp`
  const marker = Math.min(width, height) / 12
  return html`<fieldset class="focus">
    <legend class="label">Focus</legend>
    <studio-focus data-width="${width}" data-height="${height}">
      <svg class="focus-photo" viewBox="0 0 ${width} ${height}" aria-hidden="true">
        <image href="${src}" width="${width}" height="${height}" preserveAspectRatio="none"></image>
        <circle class="ring out" cx="${(x * width) / 100}" cy="${(y * height) / 100}" r="${marker}"></circle>
        <circle class="ring" cx="${(x * width) / 100}" cy="${(y * height) / 100}" r="${marker}"></circle>
      </svg>
      <p class="hint">What must stay in sight when the photo is cut. Press on it, or move the sliders.</p>
      <label class="slide"
        ><span>Across</span
        ><input type="range" name="focusX" min="0" max="100" value="${x}" aria-valuetext="${x} percent from the left"
      /></label>
      <label class="slide"
        ><span>Down</span
        ><input type="range" name="focusY" min="0" max="100" value="${y}" aria-valuetext="${y} percent from the top"
      /></label>
      <div class="crops" role="group" aria-label="How it is cut">
        ${(['3x2', '16x10', '1x1'] as const).map((shape) => cropView(page(shape)))}
      </div>
    </studio-focus>
  </fieldset>`

  function page(shape: Shape) {
    return { shape, src, width, height, crop: cropOf({ width, height }, shape, fields.focus) }
  }
}

const cropNames: Partial<Record<Shape, string>> = { '3x2': 'Cards', '16x10': 'Stories', '1x1': 'Square' }

type Crop = { shape: Shape; src: string; width: number; height: number; crop: ReturnType<typeof cropOf> }

const cropView = ({ shape, src, width, height, crop }: Crop): Html =>
  html`<figure>
    <svg
      class="crop"
      data-shape="${shape}"
      viewBox="${crop.left} ${crop.top} ${crop.width} ${crop.height}"
      role="img"
      aria-label="Cut for ${cropNames[shape]?.toLowerCase() ?? shape}"
    >
      <image href="${src}" width="${width}" height="${height}" preserveAspectRatio="none"></image>
    </svg>
    <figcaption class="meta">${cropNames[shape]}</figcaption>
  </figure>`

/** For who may look and not change. */
const saidView = ({ photo, fields }: PhotoPage): Html =>
  html`${photo.file && html`<img src="/pictures/${photo.id}/640.webp" width="${photo.file.width}" height="${photo.file.height}" alt="${photo.alt}" />`}
    <dl class="said">
      ${(Object.keys(fieldNames) as (keyof typeof fieldNames)[])
        .filter((name) => fields[name])
        .map(
          (name) =>
            html`<dt class="label">${fieldNames[name]}</dt>
              <dd>${fields[name]}</dd>`,
        )}
    </dl>`

const usesView = ({ uses }: PhotoPage): Html =>
  html`<section>
    <h2>Used in</h2>
    ${
      uses.length === 0
        ? html`<p class="meta">No story uses it.</p>`
        : html`<ul class="uses">
            ${uses.map(
              ({ id, slug, headline, isPublic, killed }) =>
                html`<li>
                  <a class="under" href="/studio/stories/${id}">${slug || headline || 'A story without a name'}</a>,
                  ${killed ? 'killed' : isPublic ? 'public' : 'not public'}
                </li>`,
            )}
          </ul>`
    }
  </section>`

const historyView = ({ history }: PhotoPage): Html | '' =>
  history.length > 0
    ? html`<section>
        <h2>Changes</h2>
        <ul class="uses">
          ${history.map(
            ({ who, what, when, iso }) =>
              html`<li class="meta"><b>${who}</b>: ${what}, <time datetime="${iso}">${when}</time></li>`,
          )}
        </ul>
      </section>`
    : ''

const deleteView = ({ photo, uses, mayDelete }: PhotoPage): Html | '' =>
  mayDelete
    ? html`<section>
        <details class="delete">
          <summary>Delete this photo</summary>
          ${
            uses.length > 0
              ? html`<p>
                  It cannot be deleted while ${uses.length === 1 ? 'a story uses it' : `${uses.length} stories use it`}.
                  Take it out of them first.
                </p>`
              : html`<p>The photo and all that was made of it go for good. Nobody can bring it back.</p>
                  <form method="post" action="/studio/photos/${photo.id}/delete">
                    <button class="button bad">Delete for good</button>
                  </form>`
          }
        </details>
      </section>`
    : ''
