import { html } from 'hono/html'
import type { StoryCard } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import type { FrontDeed } from './front.ts'
import { icon } from './icons.ts'
import type { StudioIcon } from './icons.ts'
import { saidView } from './people.view.ts'
import type { Said } from './people.view.ts'
import type { StudioTimes } from './times.ts'

export type FrontProps = {
  placed: readonly StoryCard[]
  /** The newest that have no place. */
  others: readonly StoryCard[]
  /** Placed, but not public at the moment. */
  hidden: number
  /** The state one looks at: a change says which it was made over. */
  over: string
  /** Names of sections by id. */
  sections: ReadonlyMap<string, string>
  changed: { who: string; at: number } | null
  said: Said
  times: StudioTimes
  now: number
}

/** The editors' order of the front. */
export const frontArrangeView = (props: FrontProps): Html => {
  const { placed, others, hidden, changed, said, times, now } = props
  return html`<div class="head">
      <h1>Front</h1>
      <a class="button" href="/" target="_blank">${icon('out')}See the front</a>
    </div>
    ${saidView(said)}
    <p class="meta">
      ${
        changed
          ? `Arranged by ${changed.who}, ${times.brief(changed.at, now)}.`
          : 'Nobody has arranged it here yet: it follows the places in story files, then what is newest.'
      }
    </p>
    <section class="part" aria-labelledby="placed">
      <h2 class="h" id="placed">In this order</h2>
      ${
        placed.length === 0
          ? html`<p class="meta">Nothing has a place: the newest story leads. “Lead” below gives one the place.</p>`
          : html`<ol class="places">
              ${placed.map(
                (card, at) =>
                  html`<li>
                    <span class="number">${at === 0 ? 'Lead' : at + 1}</span>
                    ${storyView(card, props)}
                    <div class="deeds">
                      ${at > 0 && deedView(card, 'up', 'Up', props)}
                      ${at < placed.length - 1 && deedView(card, 'down', 'Down', props)}
                      ${deedView(card, 'take-out', 'Take out', props)}
                    </div>
                  </li>`,
              )}
            </ol>`
      }
      ${
        hidden > 0 &&
        html`<p class="meta gap-above">
          ${hidden === 1 ? 'One more keeps' : `${hidden} more keep`} a place and will stand in it when public again.
        </p>`
      }
    </section>
    <section class="part" aria-labelledby="others">
      <h2 class="h" id="others">The newest without a place</h2>
      ${
        others.length === 0
          ? html`<p class="meta">None: every public story has a place, or nothing is public yet.</p>`
          : html`<ul class="places">
                ${others.map(
                  (card) =>
                    html`<li>
                      <span class="number"></span>
                      ${storyView(card, props)}
                      <div class="deeds">
                        ${deedView(card, 'lead', 'Lead', props)} ${deedView(card, 'place', 'Place', props)}
                      </div>
                    </li>`,
                )}
              </ul>
              <p class="meta gap-above">
                That is as far as it goes; older ones can be found on the <a class="under" href="/studio">desk</a>.
              </p>`
      }
    </section>`
}

const storyView = (card: StoryCard, { times, now, sections }: FrontProps): Html =>
  html`<p>
    <b><a href="/studio/stories/${card.id}">${card.headline}</a></b
    ><br /><span class="meta"
      >${sections.get(card.section) ?? card.section},
      ${times.brief(Date.parse(card.published), now)}${card.photo ? ', with a photo' : ''}</span
    >
  </p>`

const signs: Record<FrontDeed, StudioIcon> = {
  up: 'up',
  down: 'down',
  'take-out': 'cross',
  lead: 'front',
  place: 'plus',
}

const deedView = (card: StoryCard, deed: FrontDeed, words: string, { over }: FrontProps): Html =>
  html`<form method="post" action="/studio/front/${deed}">
    <input type="hidden" name="story" value="${card.id}" />
    <input type="hidden" name="over" value="${over}" />
    <button class="button small" aria-label="${words}: ${card.headline}">${icon(signs[deed])}${words}</button>
  </form>`
