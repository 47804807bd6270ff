import { html } from 'hono/html'
import { icon, type Html } from '../player/icon.view.ts'
import { bodyView } from './block.view.ts'
import { cardView, railHeadView } from './card.view.ts'
import { cutDiscView } from './cut.view.ts'
import { pageView } from './layout.view.ts'
import { photoView } from './photo.view.ts'
import { widths } from './picture.view.ts'
import { rightsView } from './rights.view.ts'
import { articleDataView, storyHeadView } from './story-head.view.ts'
import { bylinesView, shareView, stampsView } from './story-side.view.ts'
import { versionOf } from './story-facts.ts'
import type { StoryProps } from './story-page.ts'
import { spanInWords } from '../player/words.ts'

/** A story with everything that belongs to it. */
export const storyView = (props: StoryProps): Html => {
  const { frame, story, section, corrections, topics, related, canonical, article } = props
  const { station } = frame
  return pageView(
    {
      frame,
      title: `${story.headline} | ${station.name}`,
      description: article.description,
      canonical,
      noindex: story.source?.noIndex === true,
      head: storyHeadView(article, frame),
    },
    html`<article class="page story" data-story="${versionOf(story)}">
        <header class="story-head">
          <p class="eyebrow"><a href="${section.href}">${story.eyebrow || section.name}</a></p>
          <h1 class="h1">${story.headline}</h1>
          ${story.dek && html`<p class="dek">${story.dek}</p>`}
        </header>
        ${stampsView(props)}
        ${story.photo && photoView(story.photo, { more: 'story-photo', shape: '16x10', sizes: widths.story, eager: true })}
        ${bylinesView(props)} ${shareView(props)}
        <div class="story-text">
          ${cutSectionView(props)}
          <div class="prose">${bodyView(story.body, story.dateline)}</div>
          ${corrections.map(correctionView)} ${transcriptView(story.audio?.transcript)}
          ${
            topics.length > 0 &&
            html`<p class="tags">${topics.map(({ href, name }) => html`<a href="${href}">${name}</a>`)}</p>`
          }
          ${rightsView(story, frame)}
        </div>
        ${railView(props)} ${articleDataView(article)}
        <p class="story-news" role="status"></p>
      </article>
      ${related.length > 0 && relatedView(props)}`,
  )
}

const cutSectionView = ({ cut, cutTitle, cutMeta, story }: StoryProps) =>
  cut &&
  html`<section class="cut" aria-label="Audio of this story">
    ${cutDiscView(cut, `Play the story, ${spanInWords(cut.seconds * 1000)}`)}
    <p class="title">${cutTitle}</p>
    <p class="meta">${cut.length}, ${cutMeta}</p>
    <p class="tools">
      <a class="tool" href="${cut.src}" download aria-label="Download the audio">${icon('get')}</a>
      ${
        story.audio?.transcript &&
        html`<a class="tool wide" href="#transcript" aria-label="Read the transcript">${icon('list')}</a>`
      }
    </p>
  </section>`

const correctionView = ({ id, iso, when, text }: StoryProps['corrections'][number]) =>
  html`<section class="note" aria-labelledby="${id}">
    <h2 id="${id}">Correction, <time datetime="${iso}">${when}</time></h2>
    <p>${text}</p>
  </section>`

const transcriptView = (transcript: string | undefined) =>
  transcript &&
  html`<details class="transcript">
    <summary>Transcript</summary>
    <div id="transcript">${transcript.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}</div>
  </details>`

const railView = ({ rail, stream }: StoryProps) =>
  (rail.lines.length > 0 || stream) &&
  html`<aside class="story-rail" aria-labelledby="rail-h">
    <div>
      <h2 class="h5" id="rail-h">${rail.lines.length ? rail.heading : 'On the air'}</h2>
      <ol class="now-list">
        ${rail.lines.map(
          ({ href, headline, time, iso }) =>
            html`<li>
              <time datetime="${iso}">${time}</time>
              <div><a href="${href}">${headline}</a></div>
            </li>`,
        )}
      </ol>
      ${stream && meanwhileView(stream)}
    </div>
  </aside>`

const meanwhileView = (stream: NonNullable<StoryProps['stream']>) =>
  html`<div class="meanwhile" data-live="meanwhile">
    <h2 class="h5">${stream.now?.title ?? stream.title}</h2>
    <p class="meta">${stream.up ? 'On the air now' : 'Scheduled now'}, ${stream.label || stream.title}</p>
    <a class="button" href="/streams/${stream.name}.m3u" data-play-stream="${stream.name}"
      >${icon('play')}Play Live Radio</a
    >
  </div>`

const relatedView = ({ related, topics }: StoryProps) => {
  const topic = topics[0]
  return html`<section class="page rail" aria-labelledby="rel">
    ${railHeadView('rel', 'Related stories', topic ? { href: topic.href, name: `All on ${topic.name}` } : null)}
    <div class="cols c4 ruled">${related.map((card) => cardView(card, { sum: false, by: false }))}</div>
  </section>`
}
