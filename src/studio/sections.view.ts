import { html } from 'hono/html'
import type { Section } from '../newsroom/sections.ts'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import { saidView } from './people.view.ts'
import type { Said } from './people.view.ts'

export type SectionsProps = {
  sections: readonly Section[]
  /** Stories by section. */
  counts: ReadonlyMap<string, number>
  topics: { name: string; count: number }[]
  mayTopics: boolean
  overSections: string
  overTopics: string
  said: Said
}

/** Sections and topics: what stories are filed under. */
export const sectionsView = (props: SectionsProps): Html =>
  html`<div class="head"><h1>Sections</h1></div>
    ${saidView(props.said)}
    <p class="meta">
      In this order they stand over every page. A section keeps its address for good, because its stories stand under
      it.
    </p>
    <ul class="places gap-above">
      ${props.sections.map((section, at) => sectionRow(section, at, props))}
    </ul>
    <form method="post" action="/studio/sections/add" class="inline narrow gap-above">
      ${overField(props.overSections)}
      <div>
        <label class="label" for="new-section">A new section</label>
        <input class="field" id="new-section" name="name" required maxlength="60" placeholder="Schools" />
      </div>
      <button class="button strong">${icon('plus')}Add it</button>
    </form>
    ${props.mayTopics && topicsView(props)}`

const sectionRow = ({ id, name }: Section, at: number, { sections, counts, overSections }: SectionsProps): Html => {
  const count = counts.get(id) ?? 0
  const deed = (verb: string, words: string, sign: 'up' | 'down' | 'cross') =>
    html`<form method="post" action="/studio/sections/${verb}">
      ${overField(overSections)}<input type="hidden" name="id" value="${id}" />
      <button class="button small" aria-label="${words}: ${name}">${icon(sign)}${words}</button>
    </form>`
  return html`<li class="wide">
    <form method="post" action="/studio/sections/rename" class="inline">
      ${overField(overSections)}<input type="hidden" name="id" value="${id}" />
      <div>
        <input class="field" name="name" value="${name}" required maxlength="60" aria-label="Name of ${name}" />
        <p class="hint">/${id}, ${count === 1 ? 'one story' : `${count.toLocaleString('en-US')} stories`}</p>
      </div>
      <button class="button small">Rename<span class="hidden"> ${name}</span></button>
    </form>
    <div class="deeds">
      ${at > 0 && deed('up', 'Up', 'up')} ${at < sections.length - 1 && deed('down', 'Down', 'down')}
      ${count === 0 && sections.length > 1 && deed('remove', 'Remove', 'cross')}
    </div>
  </li>`
}

const topicsView = ({ topics, overTopics }: SectionsProps): Html =>
  html`<section class="part" aria-labelledby="topics">
    <h2 class="h" id="topics">Topics</h2>
    <p class="hint">
      A topic that is given the name of another becomes one with it. Stories keep the words they were written with.
    </p>
    ${
      topics.length === 0
        ? html`<p class="meta gap-above">No public story has a topic yet. They are set in a story’s panel.</p>`
        : html`<ul class="places topics">
              ${topics.map((topic) => topicRow(topic, overTopics))}
            </ul>
            <p class="meta gap-above">
              That is all: ${topics.length === 1 ? 'one topic' : `${topics.length.toLocaleString('en-US')} topics`}.
            </p>`
    }
  </section>`

const topicRow = ({ name, count }: { name: string; count: number }, over: string): Html =>
  html`<li class="wide">
    <p>
      <b>${name}</b><br /><span class="meta"
        >${count === 1 ? 'one story' : `${count.toLocaleString('en-US')} stories`}</span
      >
    </p>
    <details class="rename">
      <summary class="button small">Rename<span class="hidden"> ${name}</span></summary>
      <form method="post" action="/studio/topics/rename" class="inline">
        ${overField(over)}<input type="hidden" name="from" value="${name}" />
        <div>
          <input class="field" name="to" value="${name}" required maxlength="80" aria-label="New name of ${name}" />
        </div>
        <button class="button small">Do it<span class="hidden">: ${name}</span></button>
      </form>
    </details>
  </li>`

/** Which state was looked at when the button was pressed. */
const overField = (over: string): Html => html`<input type="hidden" name="over" value="${over}" />`
