import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { Board, BoardStream } from './board.ts'
import { icon } from './icons.ts'

/** The on-air page. What is inside the element is asked for again every few seconds. */
export const onAirView = (board: Board): Html => html`<studio-board>${boardView(board)}</studio-board>`

export const boardView = ({ listeners, streams, troubles, connected }: Board): Html =>
  html`<div class="board">
    <div class="head">
      <h1>On air</h1>
      <p class="meta">
        ${
          connected
            ? html`<b>${listeners.toLocaleString('en-US')}</b> listening on
                ${streams.length === 1 ? 'one stream' : `${streams.length} streams`}.`
            : 'Nobody can say how many listen.'
        }
      </p>
    </div>
    <div role="status">
      ${troubles.map(
        ({ head, more }) =>
          html`<p class="say care gap-below">
            ${icon('warn')}<span><b>${head}</b> ${more}</span>
          </p>`,
      )}
    </div>
    ${streams.map(streamView)}
    ${streams.length === 0 && html`<p class="meta">No stream is public. groundwave.yaml says which there are.</p>`}
  </div>`

const streamView = (stream: BoardStream): Html =>
  html`<section class="stream${stream.ok ? '' : ' trouble'}" aria-label="${stream.title}">
    <div>
      ${
        stream.ok
          ? html`<span class="tally">${stream.word}</span>`
          : html`<span class="state held">${icon('warn')}${stream.word}</span>`
      }
      <h2>${stream.title}</h2>
      <p class="meta"><b>${stream.on}</b>${stream.next && html`<br />${stream.next}`}</p>
    </div>
    <div>
      <p class="label">${stream.feed}</p>
      ${stream.level && html`<studio-level data-src="${stream.level}" data-name="${stream.title}"></studio-level>`}
      <ol class="chain" aria-label="What feeds it, in order">
        ${stream.chain.map(
          ({ name, is }) =>
            html`<li class="${is === 'out' ? 'out' : ''}" ${is === 'feeds' ? html`aria-current="true"` : ''}>
              <span>${name}</span>${is === 'out' && html`<span class="hidden">, not there</span>`}
            </li>`,
        )}
      </ol>
    </div>
    <div>
      <p class="label">Listening now</p>
      <p><span class="big">${stream.listeners.toLocaleString('en-US')}</span></p>
      ${stream.curve && sparkView(stream.curve)}
    </div>
    <div>
      <p class="label">Health, on what goes out</p>
      ${
        stream.health.length === 0
          ? html`<p class="meta">The air tells nothing of it.</p>`
          : html`<dl class="health">
              ${stream.health.map(
                ({ name, words, care }) =>
                  html`<div class="${care ? 'care' : ''}">
                    <dt>${name}</dt>
                    <dd>${words}</dd>
                  </div>`,
              )}
            </dl>`
      }
    </div>
  </section>`

const sparkView = ({ counts, words }: NonNullable<BoardStream['curve']>): Html => {
  const line = sparkPath(counts)
  return html`<svg class="spark" viewBox="0 0 200 48" preserveAspectRatio="none" aria-hidden="true">
      <path class="area" d="${line}L200 48L0 48Z" />
      <path class="line" d="${line}" />
    </svg>
    <p class="meta">${words}, least ${Math.min(...counts)}, most ${Math.max(...counts)}</p>`
}

/** From the first count at the left to the last at the right; nought is the floor. */
const sparkPath = (counts: number[]): string => {
  const most = Math.max(1, ...counts)
  const step = 200 / Math.max(1, counts.length - 1)
  return counts
    .map((count, at) => `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(1)} ${(46 - (count / most) * 40).toFixed(1)}`)
    .join('')
}
