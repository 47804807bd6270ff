import { html } from 'hono/html'
import type { StoryCard } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import { pageView } from './layout.view.ts'

/** What we got wrong, newest first, each with its story. */
export const correctionsView = (frame: Frame, stories: readonly StoryCard[]): Html => {
  const { times, station } = frame
  const corrections = stories
    .flatMap((story) =>
      story.corrections.map((correction) => ({ ...correction, story, when: Date.parse(correction.at) })),
    )
    .sort((a, b) => b.when - a.when)
  return pageView(
    { frame, title: `Corrections | ${station.name}` },
    html`<div class="page">
      <section class="notice">
        <h1 class="h1">Corrections</h1>
        <div class="prose">
          <p>
            ${
              corrections.length
                ? 'What we got wrong, and what is right. The stories carry the same notes.'
                : 'No story that is public now carries a correction.'
            }
            ${station.newsroom && `Something else? Call ${station.newsroom}.`}
          </p>
        </div>
        ${corrections.map(
          ({ text, when, story }) =>
            html`<article class="note">
              <h2><time datetime="${times.iso(when)}">${times.stamp(when)}</time></h2>
              <p>${text} <a class="under" href="${story.path}">${story.headline}</a></p>
            </article>`,
        )}
      </section>
    </div>`,
  )
}
