import { html } from 'hono/html'
import { icon, type Html } from '../player/icon.view.ts'
import { safeUrl } from './safe-url.ts'
import type { StoryProps } from './story-page.ts'

// The margin: who wrote it, when it was published and changed, and ways to take it along. The times are read behind
// the headline, and stand below the names.

export const bylinesView = ({ bylines }: StoryProps): Html =>
  html`<div class="story-side">${bylines.map(bylineView)}</div>`

const bylineView = ({ name, role, picture, href, url }: StoryProps['bylines'][number]) =>
  html`<div class="byline">
    ${picture && html`<img src="${picture}" width="800" height="800" alt="" />`}
    <p>
      <b>${href ? html`<a rel="author" href="${href}">${name}</a>` : name}</b>${role && html`<span>${role}</span>`}
      ${
        url &&
        html`<span
          ><a class="under" href="${safeUrl(url)}">Biography<span class="hidden"> of ${name}</span></a></span
        >`
      }
    </p>
  </div>`

export const stampsView = ({ published, updated, corrections }: StoryProps): Html =>
  html`<dl class="stamps">
    <div>
      <dt>Published</dt>
      <dd><time datetime="${published.iso}">${published.text}</time></dd>
    </div>
    ${
      updated &&
      html`<div>
        <dt>Updated</dt>
        <dd>
          <time datetime="${updated.iso}">${updated.text}</time>${
            corrections.length > 0 && html`, <a class="under" href="#corr">with a correction</a>`
          }
        </dd>
      </div>`
    }
  </dl>`

export const shareView = ({ story, article }: StoryProps): Html =>
  html`<div class="share">
    <button class="tool" type="button" data-do="share" aria-label="Share" hidden>${icon('share')}</button
    ><a class="tool" href="${mailUrl(story.headline, article.url)}" aria-label="Send by mail">${icon('mail')}</a
    ><button class="tool" type="button" data-do="print" aria-label="Print" hidden>${icon('print')}</button
    ><a class="tool" href="/text${story.path}" aria-label="Text-only version">${icon('text')}</a>
    <span class="meta" data-said></span>
  </div>`

const mailUrl = (headline: string, url: string) =>
  `mailto:?subject=${encodeURIComponent(headline)}&body=${encodeURIComponent(url)}`
