import { html } from 'hono/html'
import { bodyLines } from '../newsroom/newsroom.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import type { Person } from './door.ts'
import { linkFormView, photoPickerView, soundPickerView } from './editor-dialogs.view.ts'
import { deskName } from './editor-story.ts'
import { tableToolsView, toolsView } from './editor-tools.view.ts'
import { icon } from './icons.ts'
import type { StudioIcon } from './icons.ts'
import { sayView } from './say.view.ts'
import { stateView } from './state.view.ts'
import type { ShownState } from './story-state.ts'

export type EditorProps = {
  person: Person
  state: StoryState
  shown: ShownState
  sections: readonly { id: string; name: string }[]
  /** The newest few. */
  versions: { number: number; who: string; when: string; reason: string | null }[]
  /** Of all versions. */
  count: number
  may: { write: boolean; publish: boolean; correct: boolean; withdraw: boolean; spike: boolean }
  zone: string
  /** What was just done with it. */
  done: string
  /** What its source has said since; '' when nothing waits. */
  offer: Html | ''
}

/** One story, to be written. The script fills it; without, it can be read. */
export const editorView = (props: EditorProps): Html => {
  const { person, state, shown, may, zone } = props
  const { id, content } = state
  return html`<story-editor
    class="editor"
    data-story="${id}"
    data-account="${person.account.id}"
    data-zone="${zone}"
    data-write="${may.write && !state.killed ? 'true' : 'false'}"
  >
    <div class="ebar">
      <a class="tool" href="/studio" aria-label="Back to the desk">${icon('back', 'turns')}</a>
      <h1 class="slugline">${deskName(state)}</h1>
      ${stateView(shown)}
      <span class="saved" role="status" data-part="saved"></span>
      <span class="faces push" data-part="faces"></span>
      <a class="button small" href="/studio/stories/${id}/preview" data-leads="preview">${icon('eye')}Preview</a>
      ${
        may.publish && !state.killed
          ? html`<a class="button small strong" href="/studio/stories/${id}/publish" data-leads="publish"
              >${state.publication ? 'Publish changes…' : 'Publish…'}</a
            >`
          : ''
      }
    </div>
    <div class="canvas">
      ${doneView(props)}
      <div class="say care" data-part="notice" hidden></div>
      <noscript
        ><p class="say care">
          <span
            ><b>The editor needs JavaScript.</b> Below is the text as it was saved last; it can be read, not
            changed.</span
          >
        </p></noscript
      >
      <p class="meta" data-part="counts">${content.dateline}</p>
      ${areaView({ field: 'headline', label: 'Headline', value: content.headline, more: 'hed' })}
      <p class="count" data-part="headline-count"></p>
      ${areaView({ field: 'dek', label: 'Dek', value: content.dek, more: 'dek' })} ${toolsView()}
      <p class="speaker" hidden>
        <label class="label" for="speaker">Who says it</label>
        <input class="field" id="speaker" maxlength="300" autocomplete="off" placeholder="If the text does not tell" />
      </p>
      ${tableToolsView()}
      <div class="body" data-part="body">${bodyLines(content).map((line) => html`<p>${line}</p>`)}</div>
      ${props.offer}
      <p class="meta" role="status" data-part="said"></p>
    </div>
    <aside class="panel" aria-label="About this story">${panelView(props)}</aside>
    ${linkFormView()} ${photoPickerView()} ${soundPickerView()}
  </story-editor>`
}

type Area = { field: string; label: string; value: string; more?: string; rows?: number }

const areaView = ({ field, label, value, more = 'field', rows = 1 }: Area): Html =>
  html`<textarea
    class="${more}"
    data-field="${field}"
    aria-label="${label}"
    placeholder="${label}"
    rows="${rows}"
    readonly
  >
${value}</textarea>`

const panelView = ({ state, shown, sections, versions, count, may }: EditorProps): Html => {
  const { id, content } = state
  const input = (field: string, label: string, value: string, hint = '') =>
    html`<div>
      <label class="label" for="f-${field}">${label}</label>
      <input class="field" id="f-${field}" data-field="${field}" value="${value}" autocomplete="off" readonly />
      ${hint && html`<p class="hint">${hint}</p>`}
    </div>`
  return html`<section aria-labelledby="why">
      <h2 id="why">${shown.kind === 'public' ? 'Is all there?' : 'Why isn’t it live?'}</h2>
      <ul class="checks" data-part="checks"></ul>
    </section>
    <section aria-labelledby="sta">
      <h2 id="sta">State</h2>
      <p>${stateView(shown)}</p>
      ${
        shown.kind === 'public' && state.path
          ? html`<p><a class="under" href="${state.path}">See it on the site</a></p>`
          : ''
      }
      <p class="stack gap-small">${actionsView(id, state, shown, may)}</p>
    </section>
    <section aria-labelledby="by">
      <h2 id="by">Byline</h2>
      <div class="stack" data-part="bylines"></div>
      <p class="gap-small"><button class="button small" type="button" data-tool="byline">Add a name</button></p>
    </section>
    <section aria-labelledby="where">
      <h2 id="where">Place</h2>
      <div class="stack">
        <div>
          <label class="label" for="f-section">Section</label>
          <select class="field" id="f-section" data-field="section" disabled>
            <option value="">Choose one</option>
            ${sections.map(
              (section) =>
                html`<option value="${section.id}" ${section.id === content.section ? 'selected' : ''}>
                  ${section.name}
                </option>`,
            )}
          </select>
        </div>
        ${input('topics', 'Topics', content.topics.join(', '), 'Apart by commas.')}
        ${input('dateline', 'Dateline', content.dateline)}
        ${input('eyebrow', 'Eyebrow', content.eyebrow, 'The small line above; the section’s name when empty.')}
        ${input('slug', 'Slug', content.slug, 'What the desk calls it.')}
      </div>
    </section>
    <section aria-labelledby="photo">
      <h2 id="photo">Photo</h2>
      <div class="stack" data-part="photo"></div>
      <p class="gap-small"><button class="button small" type="button" data-tool="lead">Choose a photo</button></p>
    </section>
    <section aria-labelledby="aud">
      <h2 id="aud">Audio</h2>
      <div class="stack" data-part="audio"></div>
      <p class="gap-small"><button class="button small" type="button" data-tool="sound">Choose audio</button></p>
    </section>
    <section aria-labelledby="not">
      <h2 id="not">Notes for the staff</h2>
      ${areaView({ field: 'notes', label: 'Notes, never public', value: content.notes, rows: 3 })}
    </section>
    <section aria-labelledby="rev">
      <h2 id="rev">
        Versions <a class="under meta" href="/studio/stories/${id}/versions" data-leads="versions">All ${count}</a>
      </h2>
      <ul class="checks">
        ${versions.map(
          ({ number, who, when, reason }) =>
            html`<li>
              ${icon(who === 'The wire' ? 'wire' : 'pen')}<span
                ><a class="under" href="/studio/stories/${id}/versions/${number}">${who}, ${when}</a>${
                  reason && html`: ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`
                }</span
              >
            </li>`,
        )}
      </ul>
    </section>`
}

/** What became of it on the page before. */
const doneView = ({ done, shown, state }: EditorProps): Html | '' => {
  const link =
    shown.kind === 'public' && state.path ? html`<a class="button small" href="${state.path}">See the page</a>` : ''
  switch (done) {
    case 'now':
      return sayView('info', 'Public.', `Readers find it at ${state.path}.`, link)
    case 'later':
    case 'embargo':
      return sayView('info', `${shown.word}.`, 'It goes out by itself.')
    case 'corrected':
      return sayView('info', 'The correction is public.', '', link)
    case 'withdrawn':
      return sayView('info', 'It is off the site, and on the desk.')
    case 'restored':
      return sayView('info', `This is version ${state.revision} now.`)
    case 'back':
      return sayView('info', 'It is on the desk again.')
    default:
      return ''
  }
}

/** What else can be done with it now; each leads to a page that says what will happen. */
const actionsView = (id: string, state: StoryState, shown: ShownState, may: EditorProps['may']): Html => {
  const way = (verb: string, words: string, sign: StudioIcon) =>
    html`<a class="button small" href="/studio/stories/${id}/${verb}" data-leads="${verb}">${icon(sign)}${words}</a>`
  if (state.killed) return html`<a class="under" href="/studio/stories/${id}/kill">How the kill went</a>`
  const isOut = state.publication !== null && state.takenDownBy === null
  return html`${may.publish ? way('publish?when=later', 'Set a time or embargo', 'clock') : ''}
  ${isOut && may.correct ? way('correct', 'Correct', 'pen') : ''}
  ${state.publication && may.withdraw ? way('withdraw', withdrawWords(isOut, shown), 'hold') : ''}
  ${!isOut && may.spike ? way('spike', state.spikedBy === null ? 'Spike' : 'Bring back', 'scissors') : ''}`
}

/** What has been withdrawn can still be killed. */
const withdrawWords = (isOut: boolean, { kind }: ShownState): string => {
  if (!isOut) return 'Kill'
  return kind === 'due' ? 'Take back' : 'Withdraw or kill'
}
