import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { boardViews } from '../wire/board.ts'
import type { BoardRow, BoardView, SourceState } from '../wire/board.ts'
import { icon } from './icons.ts'
import { isSeen, itemPath, sourceWords, stateOf, viewNames, wordCount } from './wire-words.ts'
import type { WireState, WireWordsDeps } from './wire-words.ts'

/** What is chosen at the head and at the side. */
export type WireChoice = { view: BoardView; source: string; section: string; find: string }

export type WireProps = WireWordsDeps & {
  choice: WireChoice
  rows: BoardRow[]
  counts: Record<BoardView, number>
  more: string | null
  first: string | null
  sources: SourceState[]
  unreadable: number
  /** The item that is read; null on the list itself. */
  current: { provider: string; itemId: string } | null
  kill: { row: BoardRow; /** When it was gone everywhere, ms since the epoch. */ gone: number | null } | null
  mayRoute: boolean
  /** The list of what could not be read stands in the middle. */
  middle: Html | null
  /** What stands at the end: the item, or how the sources are. */
  pane: Html
}

export const wireView = (props: WireProps): Html => {
  const { choice, current, kill, mayRoute, middle, pane } = props
  return html`<div class="head">
      <h1>${current ? html`<a href="${wirePath(choice)}">Wire</a>` : 'Wire'}</h1>
      <form class="find" role="search" action="/studio/wire">
        ${icon('search')}${choice.source && html`<input type="hidden" name="source" value="${choice.source}" />`}
        <input type="hidden" name="show" value="${choice.find ? choice.view : 'all'}" />
        <input
          class="field"
          type="search"
          name="find"
          value="${choice.find}"
          aria-label="Find on the wire"
          placeholder="Find on the wire"
        />
      </form>
      ${mayRoute && html`<a class="button" href="/studio/wire/rules">${icon('filter')}Routing rules</a>`}
    </div>
    ${kill && killView(kill, props)}
    <div class="wire${current ? ' chosen' : ''}">
      ${sourcesView(props)}
      <section aria-label="${middle ? 'Could not be read' : 'Items'}" class="list">
        ${middle ?? listView(props)}
      </section>
      ${pane}
    </div>`
}

/** The wire's address for what is chosen. */
export const wirePath = (
  { view, source, section, find }: WireChoice,
  { after, path = '/studio/wire' }: { after?: string | null; path?: string } = {},
): string => {
  const query = new URLSearchParams()
  // An item is found on the whole wire, unless one came to it from a part.
  if (view !== (path === '/studio/wire' ? 'new' : 'all')) query.set('show', view)
  if (source) query.set('source', source)
  if (section) query.set('section', section)
  if (find) query.set('find', find)
  if (after) query.set('after', after)
  return query.size ? `${path}?${query.toString()}` : path
}

const killView = ({ row, gone }: NonNullable<WireProps['kill']>, { times, nameOf }: WireProps): Html =>
  html`<div class="say bad gap-below" role="alert">
    ${icon('kill')}<span
      ><b>${nameOf(row.provider)} withdrew “${row.headline}” at ${times.seconds(row.killedAt ?? 0)}.</b>
      ${gone === null ? 'Not everybody has confirmed yet.' : `Gone from everything we serve at ${times.seconds(gone)}.`}</span
    ><a class="under" href="${itemPath(row)}#confirm">Who confirmed</a>
  </div>`

const sourcesView = ({ choice, sources, unreadable, middle, times, now, nameOf }: WireProps): Html => {
  const all = sources.reduce((sum, { items }) => sum + items, 0)
  const isAll = !choice.source && !middle
  return html`<nav class="sources" aria-label="Sources">
    <ul>
      <li>
        <a href="${wirePath({ ...choice, source: '' })}" ${isAll ? html`aria-current="page"` : ''}
          ><span class="ok">${icon('check')}</span><span>All sources</span><span class="count">${all}</span></a
        >
      </li>
      ${sources.map((source) => {
        const { late, words } = sourceWords(source, { times, now })
        return html`<li>
          <a
            href="${wirePath({ ...choice, source: source.name })}"
            ${choice.source === source.name && !middle ? html`aria-current="page"` : ''}
            ><span class="${late ? 'late' : 'ok'}">${icon(late ? 'warn' : 'check')}</span
            ><span>${nameOf(source.name)}<br /><span class="meta">${words}</span></span
            ><span class="count">${source.items}</span></a
          >
        </li>`
      })}
      ${
        (unreadable > 0 || middle) &&
        html`<li>
          <a href="/studio/wire/unreadable" ${middle ? html`aria-current="page"` : ''}
            ><span class="${unreadable ? 'late' : 'ok'}">${icon(unreadable ? 'warn' : 'check')}</span
            ><span>Could not be read<br /><span class="meta">kept as it came</span></span
            ><span class="count">${unreadable}</span></a
          >
        </li>`
      }
    </ul>
  </nav>`
}

const listView = (props: WireProps): Html => {
  const { choice, rows, counts, more, first, sections } = props
  return html`<h2 class="hidden">Items</h2>
    <nav class="filters" aria-label="Filter items" tabindex="-1">
      ${boardViews.map(
        (view) =>
          html`<a href="${wirePath({ ...choice, view })}" ${view === choice.view ? html`aria-current="page"` : ''}
            >${viewNames[view]} ${view !== 'all' && html`<span>${counts[view].toLocaleString('en-US')}</span>`}</a
          >`,
      )}
    </nav>
    ${
      choice.section &&
      html`<p class="meta gap-below">
        Only ${sections.get(choice.section) ?? choice.section}.
        <a class="under" href="${wirePath({ ...choice, section: '' })}">All sections</a>
      </p>`
    }
    <studio-wire-news data-since="${Math.max(0, ...rows.map(({ at }) => at))}"
      ><p role="status" class="news"></p
    ></studio-wire-news>
    ${
      rows.length === 0
        ? emptyView(props)
        : html`<ol class="items">
              ${rows.map((row) => rowView(row, props))}
            </ol>
            <p class="meta gap-above">
              ${first && html`<a class="under" href="${first}">The newest</a> · `}
              ${more ? html`<a class="under" href="${more}">Older ones</a>` : endWords(props)}
            </p>`
    }`
}

const rowView = (row: BoardRow, props: WireProps): Html => {
  const { times, now, choice, current, sections, nameOf } = props
  const state = stateOf(row, props)
  const isCurrent = current?.provider === row.provider && current.itemId === row.itemId
  const kind = state.kind === 'killed' ? 'kill' : isSeen(row, state) ? 'seen' : ''
  return html`<li class="${kind}" ${isCurrent ? html`aria-current="true"` : ''}>
    <time datetime="${times.iso(row.at)}">${times.brief(row.at, now).replace(/ ([ap]m)$/, '')}</time>
    <div>
      <h3><a href="${wirePath(choice, { path: itemPath(row) })}">${row.headline || row.itemId}</a></h3>
      <p class="meta">
        ${wireStateView(state)}<span>${nameOf(row.provider)}</span>${
          row.section &&
          state.kind !== 'public' &&
          html`<a href="${wirePath({ ...choice, section: row.section })}"
            >${sections.get(row.section) ?? row.section}</a
          >`
        }${row.words > 0 && html`<span>${wordCount(row.words)}</span>`}
      </p>
    </div>
    <span class="ver" title="Versions that have come">v${row.versions}</span>
  </li>`
}

/** Always a shape and a word; colour comes third. */
export const wireStateView = ({ kind, icon: sign, words }: WireState): Html =>
  html`<span class="state ${sign && kind === 'draft' ? 'gone' : kind}">${sign && icon(sign)}${words}</span>`

const endWords = ({ rows, choice }: WireProps): string => {
  const what = choice.view === 'all' ? 'That is everything' : 'That is all of these'
  return `${what}${rows.length > 1 ? `: ${rows.length} items on this page` : ''}.`
}

/** What stands where there is nothing: why, and what one can do. */
const emptyView = ({ choice, sources }: WireProps): Html => {
  if (sources.length === 0)
    return html`<div class="empty">
      <p>Nothing can come in yet: the station has no source.</p>
      <p>
        An engineer writes one under <code>wire</code> in groundwave.yaml: with a <code>token</code>, for those who push
        to <code>/api/v1/wire/&lt;name&gt;</code>, or with <code>fetch</code>, to ask NPR’s Content Distribution Service
        every minute. groundwave.example.yaml shows both, the guide’s page “Stories from NPR” each step.
      </p>
    </div>`
  const { find, view } = choice
  const words: Record<BoardView, string> = {
    new: 'Nothing new. What is on the site or on the desk is under All.',
    updates: 'No update waits. Stories nobody has changed follow their source by themselves.',
    kills: 'Nothing has been withdrawn.',
    embargoed: 'Nothing is under an embargo.',
    all: 'Nothing has come yet. What a source sends stands here at once.',
  }
  return html`<div class="empty">
    <p>${find ? `Nothing for “${find}”. Headlines and ids are searched.` : words[view]}</p>
    ${
      (find || choice.source || choice.section || view !== 'all') &&
      html`<p><a class="under" href="/studio/wire?show=all">Everything that has come</a></p>`
    }
  </div>`
}
