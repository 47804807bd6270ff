import { html } from 'hono/html'
import { icon, type Html } from '../player/icon.view.ts'
import type { Marked } from '../search/search.ts'
import { metaView } from './card.view.ts'
import { pageView } from './layout.view.ts'
import { pictureView, widths } from './picture.view.ts'
import type { FoundCard, SearchProps } from './search-page.ts'
import { textPage } from './text.view.ts'

/** What was asked for stands in `<mark>`; every piece is escaped. */
export const markedView = (marked: Marked): Html =>
  html`${marked.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text))}`

/** The search: one field, what narrows it, and what is found. */
export const searchView = (props: SearchProps): Html => {
  const { frame, q, found } = props
  return pageView(
    { frame, title: `${q ? `Search: ${q}` : 'Search'} | ${frame.station.name}`, noindex: true },
    html`<div class="page">
      <section class="find" aria-labelledby="find-heading">
        <h1 class="h2" id="find-heading">Search</h1>
        ${formView(props)}
      </section>
      ${found ? foundView(props, found) : askView()}
    </div>`,
  )
}

const formView = ({ frame, q, section, from, to, order, narrowed }: SearchProps) =>
  html`<form action="/search" role="search" aria-label="Stories">
    <label class="hidden" for="q">Words to look for</label>
    <p class="row">
      <input
        class="field"
        id="q"
        name="q"
        type="search"
        value="${q}"
        maxlength="200"
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        ${q ? '' : html`autofocus`}
      /><button class="button strong" type="submit">${icon('search')}Search</button>
    </p>
    <fieldset class="row">
      <legend class="hidden">Narrow the search</legend>
      <label
        >Section
        <select class="field" name="section">
          <option value="">All sections</option>
          ${frame.sections.map(
            ({ id, name }) => html`<option value="${id}" ${id === section ? html`selected` : ''}>${name}</option>`,
          )}
        </select></label
      >
      <label>From <input class="field" type="date" name="from" value="${from}" /></label>
      <label>To <input class="field" type="date" name="to" value="${to}" /></label>
      <label
        >Order
        <select class="field" name="order">
          <option value="best">Best first</option>
          <option value="newest" ${order === 'newest' ? html`selected` : ''}>Newest first</option>
        </select></label
      >
      ${narrowed.map(
        ({ kind, slug, name, without }) =>
          html`<input type="hidden" name="${kind}" value="${slug}" />
            <p>${kind === 'topic' ? 'Topic' : 'By'} <b>${name}</b> <a class="under" href="${without}">Anywhere</a></p>`,
      )}
    </fieldset>
  </form>`

const askView = () =>
  html`<p class="meta find-hint">
    “Words in quotes” stand together, -word must not be there, begin* is a beginning. All words must be in a story.
  </p>`

const foundView = ({ q }: SearchProps, { cards, count, meant, before, after }: NonNullable<SearchProps['found']>) =>
  cards.length === 0
    ? html`<section class="notice found-none" aria-live="polite">
        <h2 class="h3">Nothing for “${q}”.</h2>
        <div class="prose">
          <p>
            ${
              meant
                ? html`Did you mean <a href="${meant.href}">“${meant.text}”</a>? ${meant.stories}.`
                : 'Try fewer words, or the beginning of one with a star: flood*.'
            }
          </p>
        </div>
      </section>`
    : html`<section class="found" aria-labelledby="found-heading">
        <div class="rail-head"><h2 id="found-heading">${count} for “${q}”</h2></div>
        <ol>
          ${cards.map(hitView)}
        </ol>
        ${
          (before || after) &&
          html`<nav class="section-end" aria-label="Pages of the search">
            <p class="row">
              ${before && html`<a class="button" rel="prev" href="${before}">Page before</a>`}
              ${after && html`<a class="button" rel="next" href="${after}">Next page</a>`}
            </p>
          </nav>`
        }
      </section>`

const hitView = (card: FoundCard) =>
  html`<li>
    <div>
      ${card.eyebrow && html`<p class="eyebrow">${card.eyebrow}</p>`}
      <h3 class="h4"><a href="${card.href}">${markedView(card.marked.headline)}</a></h3>
      ${card.marked.text.length > 0 && html`<p class="sum">${markedView(card.marked.text)}</p>`} ${metaView(card)}
    </div>
    ${card.picture && pictureView(card.picture, { sizes: widths.card })}
  </li>`

/** The same without pictures and script. */
export const textSearchView = ({ frame, q, found }: SearchProps): Html =>
  textPage(
    { frame, title: `${q ? `Search: ${q}` : 'Search'}, text only`, pictures: '/search', noindex: true },
    html`<h1>Search</h1>
      <form action="/text/search" role="search" aria-label="Stories">
        <p>
          <label for="q">Words to look for</label>
          <input id="q" name="q" type="search" value="${q}" maxlength="200" /> <button type="submit">Search</button>
        </p>
      </form>
      ${
        found &&
        (found.cards.length === 0
          ? html`<p>
              Nothing for “${q}”.
              ${found.meant && html`Did you mean <a href="${found.meant.href}">“${found.meant.text}”</a>? ${found.meant.stories}.`}
            </p>`
          : html`<h2>${found.count} for “${q}”</h2>
              <ol>
                ${found.cards.map(
                  ({ href, by, when, marked }) =>
                    html`<li>
                      <a href="/text${href}">${markedView(marked.headline)}</a><br /><small
                        >${[by, when].filter(Boolean).join(', ')}</small
                      >
                    </li>`,
                )}
              </ol>
              <p>
                ${found.before && html`<a href="${found.before}">Page before</a>`}
                ${found.after && html`<a href="${found.after}">Next page</a>`}
              </p>`)
      }`,
  )
