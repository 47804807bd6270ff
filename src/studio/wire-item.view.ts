import { html } from 'hono/html'
import type { Difference } from '../newsroom/difference.ts'
import type { KillProof } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { proseText } from '../formats/news/prose.ts'
import type { BoardItem } from '../wire/board.ts'
import { icon } from './icons.ts'
import { killProofView } from './kill-proof.view.ts'
import { sayView } from './say.view.ts'
import { wireStateView } from './wire.view.ts'
import { wordsView } from './words.view.ts'
import { decisionWords, itemPath, stateOf, wordCount } from './wire-words.ts'
import type { WireWordsDeps } from './wire-words.ts'

export type WireItemProps = WireWordsDeps & {
  found: BoardItem
  mayTake: boolean
  mayPublish: boolean
  mayReparse: boolean
  names: (account: string) => string
  /** Of a story that was killed. */
  proof: KillProof | null
}

/** One item, as it would be read, with what one can do about it and what became of each version. */
export const wireItemView = (props: WireItemProps): Html => {
  const { found, times, nameOf } = props
  const { row, item, difference } = found
  return html`<article class="read" aria-labelledby="rd">
    <p class="back"><a class="under" href="/studio/wire">The whole wire</a></p>
    <p class="meta">
      ${wireStateView(stateOf(row, props))} <span class="dot"></span>${nameOf(row.provider)} <span class="dot"></span
      ><time datetime="${times.iso(row.at)}">${times.brief(row.at, props.now)}</time>
    </p>
    <h2 id="rd">${row.headline || row.itemId}</h2>
    ${actionsView(props)} ${waitingView(props)} ${difference ? differenceView(difference) : bodyView(found)}
    ${item && factsView(props)} ${filesView(props)}
    ${props.proof && killProofView(props.proof, { times, id: 'confirm' })} ${versionsView(props)}
  </article>`
}

const actionsView = ({ found: { row, item }, mayTake, mayPublish, sections }: WireItemProps): Html => {
  const path = itemPath(row)
  const isOpen = item !== null && item.rights.restriction === null && !row.canceled && row.killedAt === null
  const isPublic = row.publicFrom !== null && row.takenDownAt === null
  const post = (verb: string, words: string, strong = false) =>
    html`<form method="post" action="${path}/${verb}">
      <button class="button ${strong ? 'strong ' : ''}small">${words}</button>
    </form>`
  return html`<div class="row">
    ${
      row.storyId !== null &&
      row.killedAt === null &&
      !row.spiked &&
      html`<a class="button strong small" href="/studio/stories/${row.storyId}"
        >${row.updateId ? 'Open with our text' : 'Open the story'}</a
      >`
    }
    ${mayTake && isOpen && !row.updateId && !isPublic && row.madeBy === null && post('take', 'Take to the desk', true)}
    ${
      mayPublish &&
      isOpen &&
      !row.updateId &&
      !isPublic &&
      html`<form method="post" action="${path}/publish" class="to-section">
        <label class="hidden" for="to-section">Section</label>
        <select class="field small" id="to-section" name="section">
          ${[...sections].map(
            ([id, name]) => html`<option value="${id}" ${id === row.section ? 'selected' : ''}>${name}</option>`,
          )}
        </select>
        <button class="button small">Publish there</button>
      </form>`
    }
    ${
      mayTake &&
      !isPublic &&
      !row.canceled &&
      row.killedAt === null &&
      (row.passedAt === null ? post('pass', 'Pass over') : post('unpass', 'Bring it back'))
    }
  </div>`
}

const waitingView = ({ found: { row, item, difference }, mayTake, times, now, names }: WireItemProps): Html | '' => {
  if (row.passedAt !== null)
    return html`<p class="meta">Passed over by ${names(row.passedBy ?? '')} at ${times.brief(row.passedAt, now)}.</p>`
  if (item && item.rights.restriction !== null)
    return sayView('care', 'It is not shown.', `${item.rights.restriction}.`)
  if (!row.updateId) return ''
  const hint = difference
    ? 'Struck out is what ours says, underlined what the source says now.'
    : 'Taken, it begins anew as a draft; its old address stays withdrawn.'
  return html`<div class="say">
      ${icon('clock')}
      <p><b>${row.updateReason}</b> ${hint}</p>
    </div>
    ${
      mayTake &&
      html`<div class="row">
        <form method="post" action="/studio/wire/updates/${row.updateId}/take">
          <button class="button small">Take the update</button>
        </form>
        <form method="post" action="/studio/wire/updates/${row.updateId}/leave">
          <button class="button small">Leave ours as it is</button>
        </form>
      </div>`
    }`
}

const bodyView = ({ item, row }: BoardItem): Html => {
  if (!item)
    return html`<div class="body">
      <p>
        ${row.canceled ? 'Its source has withdrawn it; its text is not told any more.' : 'The message cannot be read.'}
      </p>
    </div>`
  if (row.canceled || row.killedAt !== null) return html``
  return html`<div class="body">
    ${item.dek && html`<p><b>${item.dek}</b></p>`}
    ${item.body.map((block) => {
      const text = proseText([block])
      return text ? html`<p>${block.type === 'heading' ? html`<b>${text}</b>` : text}</p>` : ''
    })}
  </div>`
}

/** Ours against theirs: gone words struck, new ones underlined. */
const differenceView = ({ fields, body }: Difference): Html =>
  html`<div class="body differs">
    ${fields.map(({ what, words }) => html`<p><span class="what">${what}</span> ${wordsView(words)}</p>`)}
    ${body.map((words) => html`<p>${wordsView(words)}</p>`)}
    ${fields.length + body.length === 0 && html`<p>Ours says the same.</p>`}
  </div>`

const factsView = ({ found: { row, item, content } }: WireItemProps): Html => {
  if (!item) return html``
  const facts: [string, Html | string][] = [
    ['Version', row.versions === 1 ? 'the first' : `${row.versions} have come`],
    ['Length', wordCount(row.words)],
    ['Byline', item.bylines.map(({ name }) => name).join(', ')],
    ['Topics', item.topics.flatMap(({ name }) => name || []).join(', ')],
    ['Owner', content?.source?.owner ?? item.owner],
    ['Rights', content?.source?.copyright ?? ''],
    ['Agency', item.agency],
    ['Photos', photoWords(item.photos)],
    ['Corrections', item.corrections.length ? String(item.corrections.length) : ''],
    [
      'At its source',
      item.canonicalUrl ? html`<a class="under" href="${item.canonicalUrl}" rel="noreferrer">its page</a>` : '',
    ],
    ['Id', row.itemId],
    [
      'As received',
      row.messageId ? html`<a class="under" href="/studio/wire/messages/${row.messageId}">unchanged</a>` : '',
    ],
  ]
  return html`<dl class="kv">
    ${facts
      .filter(([, value]) => value !== '')
      .map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
  </dl>`
}

const photoWords = (photos: { photographer: string; agency: string }[]): string => {
  if (photos.length === 0) return ''
  const hidden = photos.filter(({ photographer, agency }) => !photographer && !agency).length
  return `${photos.length}${hidden ? `, ${hidden} without a credit: not shown` : ''}`
}

/** Files of others that are not here: their place is empty, and this says why. */
const filesView = ({ found: { waiting }, times, now, mayTake }: WireItemProps): Html =>
  waiting.length === 0
    ? html``
    : html`<section class="part" aria-labelledby="files">
        <h3 class="h" id="files">Not here yet</h3>
        <ul class="confirm">
          ${waiting.map(
            ({ name, kind, url, attempts, nextAt, error }) =>
              html`<li class="wait">
                ${icon(nextAt === null ? 'warn' : 'clock')}<span
                  ><b>${kind === 'picture' ? 'Photo' : 'Sound'}</b> from ${hostOf(url)}<br /><span class="meta"
                    >${
                      nextAt === null
                        ? `given up after ${attempts} tries`
                        : attempts === 0
                          ? 'is being fetched'
                          : `tried ${attempts === 1 ? 'once' : `${attempts} times`}, again at ${times.clock(Math.max(nextAt, now))}`
                    }${error ? `. ${firstLine(error)}` : ''}</span
                  ></span
                >${
                  mayTake &&
                  html`<form method="post" action="/studio/wire/files/${name}/retry">
                    <button class="button small">
                      Try now<span class="hidden">, ${kind} from ${hostOf(url)}</span>
                    </button>
                  </form>`
                }
              </li>`,
          )}
        </ul>
        <p class="meta">Its place stays empty until it has come; then it appears by itself.</p>
      </section>`

/** What went wrong, without the lines for engineers beneath it. */
const firstLine = (error: string): string =>
  (error.split('\n')[0] ?? '').replace(/^\w*Error(?: \[\w+\])?: /, '').slice(0, 200)

const hostOf = (url: string): string => URL.parse(url)?.host ?? 'elsewhere'

const versionsView = ({ found: { row, arrivals }, times, now, mayReparse }: WireItemProps): Html =>
  html`<section class="part" aria-labelledby="versions">
    <h3 class="h" id="versions">What became of it</h3>
    <ol class="versions">
      ${arrivals.map(
        ({ version, decision, reasons, at, messageId }) =>
          html`<li>
            <p>
              <b>${decisionWords[decision] ?? decision}</b>
              <span class="meta"
                ><time datetime="${times.iso(at)}">${times.brief(at, now)}</time
                >${version !== null && html`, version of ${times.brief(version, now)}`},
                <a class="under" href="/studio/wire/messages/${messageId}"
                  >as received<span class="hidden"> at ${times.stamp(at)}</span></a
                ></span
              >
            </p>
            ${reasonsView(reasons)}
          </li>`,
      )}
    </ol>
    ${
      mayReparse &&
      row.messageId &&
      html`<form method="post" action="/studio/wire/messages/${row.messageId}/reparse">
        <input type="hidden" name="back" value="${itemPath(row)}" />
        <button class="button small">${icon('undo')}Read the last version again</button>
      </form>`
    }
  </section>`

/** Few are told, many are folded away. */
export const reasonsView = (reasons: readonly string[]): Html => {
  if (reasons.length === 0) return html``
  const list = html`<ul class="reasons">
    ${reasons.map((reason) => html`<li>${reason}</li>`)}
  </ul>`
  return reasons.length < 4
    ? list
    : html`<details>
        <summary>${reasons.length} notes</summary>
        ${list}
      </details>`
}
