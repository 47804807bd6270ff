import { html } from 'hono/html'
import { isSame } from '../newsroom/difference.ts'
import type { Difference } from '../newsroom/difference.ts'
import { bodyLines } from '../newsroom/newsroom.ts'
import type { StoryContent, StoryState } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { deskName } from './editor-story.ts'
import { icon } from './icons.ts'
import { sayView } from './say.view.ts'
import { wordsView } from './words.view.ts'

type Row = {
  number: number
  who: string
  at: number
  when: string
  reason: string | null
  isPublic: boolean
}
type Loose = { window: string; who: string; when: string; base: number }

const headView = (state: StoryState, title: string, back: { href: string; words: string }): Html =>
  html`<div class="head">
      <h1>${title}</h1>
      <a class="button" href="${back.href}">${back.words}</a>
    </div>
    <p class="meta gap-below"><b>${state.content.headline || deskName(state)}</b></p>`

/** Every version, and every text that is in none. */
export const versionsView = ({ state, rows, loose }: { state: StoryState; rows: Row[]; loose: Loose[] }): Html => {
  const here = `/studio/stories/${state.id}`
  return html`${headView(state, 'Versions', { href: here, words: 'Back to the story' })}
    ${
      loose.length > 0
        ? html`<section class="gap-below" aria-labelledby="loose">
            <h2 class="h" id="loose">Not in the story</h2>
            <ul class="checks big-checks narrow">
              ${loose.map(
                ({ window, who, when, base }) =>
                  html`<li>
                    ${icon('pen')}<span
                      ><a class="under" href="${here}/copies/${window}"><b>${who}</b>, ${when}</a><br /><span
                        class="meta"
                        >begun from version ${base}</span
                      ></span
                    >
                  </li>`,
              )}
            </ul>
          </section>`
        : ''
    }
    <section aria-labelledby="all">
      <h2 class="h" id="all">All ${rows.length}</h2>
      <ol class="checks big-checks narrow" reversed>
        ${rows.map(
          ({ number, who, when, reason, isPublic }) =>
            html`<li>
              ${icon(who === 'The wire' ? 'wire' : 'pen')}<span
                ><a class="under" href="${here}/versions/${number}"><b>Version ${number}</b>, ${who}, ${when}</a
                >${reason ? html`<br /><span class="meta">${reason}</span>` : ''}${
                  isPublic ? html`<br /><span class="state public">What readers see</span>` : ''
                }</span
              >
            </li>`,
        )}
      </ol>
    </section>`
}

type VersionProps = {
  state: StoryState
  number: number
  isToNewest: boolean
  who: string
  when: string
  content: StoryContent
  /** Null for the first one, which changed nothing. */
  difference: Difference | null
  mayRestore: boolean
}

/** One version: what it changed, or what became of it since. */
export const versionView = (props: VersionProps): Html => {
  const { state, number, isToNewest, who, when, content, difference, mayRestore } = props
  const here = `/studio/stories/${state.id}/versions`
  const way = (words: string, query: string, current: boolean) =>
    html`<a href="${here}/${number}${query}" ${current ? html`aria-current="page"` : ''}>${words}</a>`
  return html`${headView(state, `Version ${number}`, { href: here, words: 'All versions' })}
    <p class="meta gap-below">${who}, ${when}</p>
    ${
      number < state.revision
        ? html`<nav class="filters gap-below" aria-label="Difference">
            ${number > 1 ? way('What it changed', '', !isToNewest) : way('What it said', '', !isToNewest)}
            ${way('What changed since', '?with=newest', isToNewest)}
          </nav>`
        : ''
    }
    ${difference ? differenceView(difference) : textView(content)}
    ${
      mayRestore
        ? html`<form method="post" action="${here}/${number}/restore" class="stack-form gap-above">
            <p class="meta">
              It becomes version ${state.revision + 1}; nothing is lost, and readers see nothing of it before it is
              published.
            </p>
            <p class="row"><button class="button strong">Bring version ${number} back</button></p>
          </form>`
        : ''
    }`
}

type CopyProps = {
  state: StoryState
  window: string
  who: string
  when: string
  base: number
  /** From the newest version to this text; null when it cannot be read. */
  difference: Difference | null
  problems: { pointer: string; message: string }[]
  raw: string
  mayRestore: boolean
}

/** A text that is in no version, as a difference to the newest. */
export const copyView = (props: CopyProps): Html => {
  const { state, window, who, when, base, difference, problems, raw, mayRestore } = props
  const here = `/studio/stories/${state.id}`
  const isIn = difference !== null && isSame(difference)
  return html`${headView(state, `${who}’s text`, { href: `${here}/versions`, words: 'All versions' })}
    <p class="meta gap-below">
      Written until ${when}, begun from version ${base}. The newest is version ${state.revision}.
    </p>
    ${
      difference
        ? isIn
          ? sayView('info', 'All of it is in the newest version.')
          : html`<p class="gap-below">Struck is only in the newest version, underlined only in this text.</p>
              ${differenceView(difference)}`
        : html`${sayView('bad', 'This text cannot be read.', problems.map(({ pointer, message }) => `${pointer} ${message}`).join(' '))}
            <pre class="raw" tabindex="0">${raw}</pre>`
    }
    ${
      mayRestore && difference && !isIn
        ? html`<form method="post" action="${here}/copies/${window}/restore" class="stack-form gap-above">
            <input type="hidden" name="revision" value="${state.revision}" />
            <p class="meta">It becomes version ${state.revision + 1}; version ${state.revision} stays in the list.</p>
            <p class="row">
              <button class="button strong">Make it the newest version</button
              ><a class="button" href="${here}">Leave version ${state.revision}</a>
            </p>
          </form>`
        : ''
    }`
}

const differenceView = ({ fields, body }: Difference): Html => {
  if (fields.length === 0 && body.length === 0) return html`<p>Nothing is different.</p>`
  return html`<div class="compare">
    ${fields.map(
      ({ what, words }) =>
        html`<h2 class="label">${what}</h2>
          <div class="compare-field gap-below">${wordsView(words)}</div>`,
    )}
    ${body.length > 0 ? html`<h2 class="label">Text</h2>` : ''}
    ${body.map((words) => html`<p class="${words.every(({ is }) => is === 'same') ? 'same' : ''}">${wordsView(words)}</p>`)}
  </div>`
}

const textView = (content: StoryContent): Html =>
  html`<div class="compare">${bodyLines(content).map((line) => html`<p>${line}</p>`)}</div>`
