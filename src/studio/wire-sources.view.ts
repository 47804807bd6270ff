import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { SourceState } from '../wire/board.ts'
import { icon } from './icons.ts'
import { sourceWords } from './wire-words.ts'
import type { WireWordsDeps } from './wire-words.ts'

export type WireSourcesProps = WireWordsDeps & { sources: SourceState[]; mayAsk: boolean; asked: string | null }

/** How each source is: what it does, when it came last, since when there is trouble, and when it is tried again. */
export const wireSourcesView = ({ sources, ...props }: WireSourcesProps): Html =>
  html`<section class="read" aria-labelledby="sources-state">
    <h2 id="sources-state">Sources</h2>
    ${sources.length === 0 && html`<p class="meta">There are none yet.</p>`}
    ${sources.map((source) => sourceView(source, props))}
  </section>`

const sourceView = (source: SourceState, props: Omit<WireSourcesProps, 'sources'>): Html => {
  const { times, now, sections, nameOf, mayAsk, asked } = props
  const { name, config, items, last, pull } = source
  const { late, words } = sourceWords(source, props)
  const facts: [string, string][] = [
    ['Items', items.toLocaleString('en-US')],
    [
      'Last came',
      last ? `${times.brief(last.at, now)}, ${last.via === 'push' ? 'pushed' : 'asked for'}` : 'nothing yet',
    ],
    ...(config ? ([['Goes', routeWords(config, sections)]] as [string, string][]) : []),
    ...(config?.fetch
      ? ([
          ['Asks', `${config.fetch.url.replace(/^https?:\/\//, '')}, ${everyWords(config.fetch.every)}`],
          ['Answered', pull?.answered ? times.brief(pull.answered, now) : 'not yet'],
          ['Next', pull?.next ? times.seconds(Math.max(pull.next, now)) : 'at once'],
        ] as [string, string][])
      : []),
    ...(config?.token ? ([['Pushes to', `/api/v1/wire/${name}`]] as [string, string][]) : []),
  ]
  return html`<section class="part" aria-labelledby="source-${name}">
    <h3 class="h" id="source-${name}">${nameOf(name)}</h3>
    ${
      pull?.error
        ? html`<div class="say bad" role="alert">
            ${icon('warn')}
            <p>
              <b>${pull.error}</b> Since ${times.brief(pull.errorSince ?? now, now)}, ${pull.failures}
              ${pull.failures === 1 ? 'try' : 'tries'}. It is tried again at
              ${times.seconds(Math.max(pull.next ?? now, now))}; nothing is lost.
            </p>
          </div>`
        : late && html`<p class="state held">${icon('warn')}${words}</p>`
    }
    <dl class="kv">
      ${facts.map(
        ([what, value]) =>
          html`<dt>${what}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${
      mayAsk &&
      config?.fetch &&
      html`<form method="post" action="/studio/wire/sources/${name}/ask" class="gap-above">
        <button class="button small">Ask now<span class="hidden">: ${nameOf(name)}</span></button>
        ${asked === name && html`<span class="meta" role="status">It is being asked.</span>`}
      </form>`
    }
  </section>`
}

const routeWords = (
  { route, section, rules }: NonNullable<SourceState['config']>,
  sections: ReadonlyMap<string, string>,
): string => {
  const where = {
    publish: `to the site, ${sections.get(section) ?? section}`,
    desk: 'to the desk',
    wire: 'nowhere by itself',
  }
  return `${where[route]}${rules.length ? `, but for ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}` : ''}`
}

const everyWords = (ms: number): string =>
  ms % 60_000 === 0 ? (ms === 60_000 ? 'every minute' : `every ${ms / 60_000} minutes`) : `every ${ms / 1000} seconds`
