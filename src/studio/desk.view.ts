import { html } from 'hono/html'
import { deskViews } from '../newsroom/desk.ts'
import type { DeskView } from '../newsroom/desk.ts'
import type { Html } from '../player/icon.view.ts'
import { viewNames } from './desk.ts'
import type { DeskLine, StateWords } from './desk.ts'
import { faceView } from './face.view.ts'
import { icon } from './icons.ts'
import type { StudioTimes } from './times.ts'

export type DeskProps = {
  view: DeskView
  find: string
  counts: Record<DeskView, number>
  lines: DeskLine[]
  /** Where older ones are; null at the end. */
  more: string | null
  /** Where the newest are, for who has gone back. */
  first: string | null
  mayWrite: boolean
  /** What stands where there is nothing, else the last line. */
  end: string
  times: StudioTimes
  now: number
}

export const deskView = (props: DeskProps): Html => {
  const { view, find, lines, more, first, mayWrite, end } = props
  return html`<div class="head">
      <h1>Desk</h1>
      <form class="find" role="search" action="/studio">
        ${icon('search')} ${view !== 'all' && html`<input type="hidden" name="show" value="${view}" />`}
        <input
          class="field"
          type="search"
          name="find"
          value="${find}"
          aria-label="Find a story"
          placeholder="Find a story"
        />
      </form>
      ${
        mayWrite &&
        html`<form method="post" action="/studio/stories">
          <button class="button strong">${icon('plus')}New story</button>
        </form>`
      }
    </div>
    ${filtersView(props)}
    <h2 class="hidden">${viewNames[view]}${find && `, with “${find}”`}</h2>
    ${
      lines.length === 0
        ? html`<div class="empty">
            <p>${end}</p>
            ${(find || view !== 'all') && html`<p><a class="under" href="/studio">All stories</a></p>`}
          </div>`
        : html`<p class="rows-cap" aria-hidden="true">
              <span>Story</span><span>State</span><span>Who</span><span>Has</span><span>Changed</span>
            </p>
            <ul class="rows">
              ${lines.map((line) => lineView(line, props))}
            </ul>
            <p class="meta gap-above">
              ${first && html`<a class="under" href="${first}">The newest</a> · `}
              ${more ? html`<a class="under" href="${more}">Older ones</a>` : end}
            </p>`
    }`
}

const filtersView = ({ view, find, counts }: DeskProps): Html =>
  html`<nav class="filters" aria-label="Filter by state" tabindex="-1">
    ${deskViews.map(
      (one) =>
        html`<a href="${deskPath({ view: one, find })}" ${one === view ? html`aria-current="page"` : ''}
          >${viewNames[one]} <span>${counts[one].toLocaleString('en-US')}</span></a
        >`,
    )}
  </nav>`

/** The desk's address for a view, a search, and what comes after a row. */
export const deskPath = ({ view, find, after }: { view: DeskView; find: string; after?: string | null }): string => {
  const query = new URLSearchParams()
  if (view !== 'all') query.set('show', view)
  if (find) query.set('find', find)
  if (after) query.set('after', after)
  return query.size ? `/studio?${query.toString()}` : '/studio'
}

const lineView = (line: DeskLine, { times, now }: DeskProps): Html =>
  html`<li class="${line.state.kind === 'killed' ? 'killed' : ''}">
    <div>
      <p class="slug">${line.slug || 'no slug yet'}</p>
      <h3><a href="/studio/stories/${line.id}">${line.headline || 'No headline yet'}</a></h3>
    </div>
    ${stateView(line.state)}
    <p class="who">
      ${faceView(line.who, { writing: line.writing !== null })}<span
        >${line.who}${line.writing && html`<small>writing now</small>`}</span
      >
    </p>
    <p class="flags x4">${hasView(line)}</p>
    <p class="meta x5"><time datetime="${times.iso(line.changedAt)}">${times.brief(line.changedAt, now)}</time></p>
  </li>`

/** Always a shape and a word; colour comes third. */
export const stateView = ({ kind, icon: sign, words }: StateWords): Html =>
  html`<span class="state ${kind}">${sign && icon(sign)}${words}</span>`

const hasView = ({ photo, audio }: DeskLine): Html => {
  const lacks = photo === 'uncredited'
  return html`${audio && html`<span title="Audio">${icon('sound')}<span class="hidden">has audio</span></span>`}
  ${
    photo !== 'none' &&
    html`<span class="${lacks ? 'no' : ''}" title="${lacks ? 'The photo lacks a photographer' : 'Photo'}"
      >${icon('photo')}<span class="hidden">${lacks ? 'photo lacks a photographer' : 'has photo'}</span></span
    >`
  }`
}
