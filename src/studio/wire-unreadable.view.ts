import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { ArrivalRow, UnreadableRow, WireBoard } from '../wire/board.ts'
import { icon } from './icons.ts'
import { sayView } from './say.view.ts'
import type { StudioTimes } from './times.ts'
import { reasonsView } from './wire-item.view.ts'
import { decisionWords } from './wire-words.ts'

type Props = { times: StudioTimes; now: number; nameOf: (source: string) => string; mayReparse: boolean }

export type Reparsed = { read: number; still: number }

/** What could not be read, kept as it came. */
export const wireUnreadableView = (
  rows: UnreadableRow[],
  { times, now, nameOf, mayReparse, result }: Props & { result: Reparsed | null },
): Html =>
  html`<h2 class="h">Could not be read</h2>
    ${result && resultView(result)}
    ${
      rows.length === 0
        ? html`<div class="empty">
            <p>Everything that has come could be read.</p>
          </div>`
        : html`<ol class="items">
              ${rows.map(
                ({ id, source, at, bytes, reasons, rereadAt }) =>
                  html`<li>
                    <time datetime="${times.iso(at)}">${times.brief(at, now).replace(/ ([ap]m)$/, '')}</time>
                    <div>
                      <h3><a href="/studio/wire/messages/${id}">${reasons[0] ?? 'A message'}</a></h3>
                      <p class="meta">
                        <span>${nameOf(source)}</span><span>${bytes.toLocaleString('en-US')} bytes</span>${
                          rereadAt !== null && html`<span>tried again ${times.brief(rereadAt, now)}</span>`
                        }
                      </p>
                    </div>
                  </li>`,
              )}
            </ol>
            ${
              mayReparse &&
              html`<form method="post" action="/studio/wire/reparse" class="gap-above">
                <button class="button">${icon('undo')}Read all of them again</button>
                <p class="hint">A later program may read what this one could not when it came.</p>
              </form>`
            }`
    }`

const resultView = ({ read, still }: Reparsed): Html =>
  sayView(
    still > 0 ? 'care' : 'info',
    read > 0 ? `${read} could be read now.` : 'Nothing more could be read.',
    still > 0 ? `${still} still cannot be; the reasons stand with them.` : '',
  )

type Inbox = NonNullable<Awaited<ReturnType<WireBoard['message']>>>

/** Most of a message that a page shows, characters. */
const MOST = 200_000

/** One message as it came. What it holds is text to be looked at, never anything else. */
export const wireMessageView = (
  { message, arrivals }: Inbox,
  { times, now, nameOf, mayReparse, result }: Props & { result: Reparsed | null },
): Html => {
  const text = textOf(message.bytes)
  return html`<div class="head">
      <h1>As received</h1>
      ${
        mayReparse &&
        html`<form method="post" action="/studio/wire/messages/${message.id}/reparse">
          <button class="button">${icon('undo')}Read it again</button>
        </form>`
      }
    </div>
    ${result && resultView(result)}
    ${message.quarantined && !result && sayView('care', 'Some of it could not be read.', 'It is kept as it came, and counted.')}
    <dl class="kv gap-above gap-below">
      <dt>Source</dt>
      <dd>
        ${nameOf(message.source)},
        ${{ push: 'pushed', pull: 'asked for', recheck: 'found when it was looked up' }[message.via]}
      </dd>
      <dt>Came</dt>
      <dd><time datetime="${times.iso(message.at)}">${times.stamp(message.at)}</time></dd>
      <dt>Size</dt>
      <dd>${message.bytes.length.toLocaleString('en-US')} bytes</dd>
      <dt>SHA-256</dt>
      <dd><code>${message.hash}</code></dd>
      ${
        message.rereadAt !== null &&
        html`<dt>Read again</dt>
          <dd>${times.brief(message.rereadAt, now)}</dd>`
      }
    </dl>
    <section class="part" aria-labelledby="became">
      <h2 class="h" id="became">What became of it</h2>
      <ol class="versions">
        ${arrivals.map((one) => arrivalView(one, { source: message.source, times, now }))}
      </ol>
    </section>
    <section class="part" aria-labelledby="bytes">
      <h2 class="h" id="bytes">Its text</h2>
      <pre class="received" tabindex="0" aria-label="Its text">${text.slice(0, MOST)}</pre>
      <p class="meta">
        ${text.length > MOST && 'The rest is not shown here. '}<a
          class="under"
          href="/studio/wire/messages/${message.id}/bytes"
          >Download it, byte for byte</a
        >
      </p>
    </section>`
}

const arrivalView = (
  { decision, reasons, at, itemId }: ArrivalRow & { itemId: string | null },
  { source, times, now }: { source: string; times: StudioTimes; now: number },
): Html =>
  html`<li>
    <p>
      <b>${decisionWords[decision] ?? decision}</b>
      <span class="meta"
        >${
          itemId &&
          html`<a class="under" href="/studio/wire/items/${source}/${encodeURIComponent(itemId)}">${itemId}</a>, `
        }<time datetime="${times.iso(at)}">${times.brief(at, now)}</time></span
      >
    </p>
    ${reasonsView(reasons)}
  </li>`

/** JSON is set out so that it can be read; anything else stands as it is. */
const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8')
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
