import { bodyText, countWords, readMinutes } from '../../newsroom/body-text.ts'
import { readinessOf } from '../../newsroom/ready.ts'
import type { Lack } from '../../newsroom/ready.ts'
import type { Node } from 'prosemirror-model'
import { headlineWords } from './fields.client.ts'
import { make, part, sign } from './make.client.ts'
import type { OpenAnswer } from './shapes.ts'

/** Words of news a person reads on a screen in a minute. */
const PER_MINUTE = 240

export type ChecksDeps = {
  root: HTMLElement
  sections: readonly string[]
  goTo: (lack: Pick<Lack, 'at' | 'field'>) => void
}

/** The counters, and what the story still lacks. */
export const showChecks = ({ root, sections, goTo }: ChecksDeps, content: OpenAnswer['content'], doc: Node): void => {
  const words = countWords(bodyText(doc))
  const minutes = readMinutes(words, PER_MINUTE)
  part(root, 'counts').replaceChildren(
    ...[content.dateline, words === 1 ? '1 word' : `${words.toLocaleString('en-US')} words`, `${minutes} min`]
      .filter(Boolean)
      .flatMap((text, at) => [at > 0 ? make('span', { class: 'dot' }) : '', text]),
  )
  const { text, care } = headlineWords(content.headline)
  const count = part(root, 'headline-count')
  count.textContent = text
  count.classList.toggle('care', care)

  const { lacks, good } = readinessOf({ ...content, body: doc.toJSON() as typeof content.body }, { sections })
  const list = part(root, 'checks')
  const shown = JSON.stringify([lacks, good])
  if (list.dataset['shown'] === shown) return
  list.dataset['shown'] = shown
  list.replaceChildren(
    ...(lacks.length === 0 ? [make('li', { class: 'ok' }, sign('check'), make('b', {}, 'Nothing is missing.'))] : []),
    ...lacks.map(({ thing, rule, way, ...lack }) =>
      make(
        'li',
        { class: 'no' },
        sign('cross'),
        make(
          'span',
          {},
          make('b', {}, thing),
          `${rule} `,
          make('button', { class: 'linkish', type: 'button', onclick: () => goTo(lack) }, way),
        ),
      ),
    ),
    ...good.map((text_) => make('li', { class: 'ok' }, sign('check'), make('span', {}, text_))),
  )
}
