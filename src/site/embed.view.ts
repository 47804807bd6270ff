import { html } from 'hono/html'
import type { Audio, StoryCard } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { span } from '../player/words.ts'
import { audioUrl, byOf } from './card.ts'
import { directionOf } from './direction.ts'
import type { Frame } from './frame.ts'

/** A story's sound with the browser's own player: headline, whose it is, and the way to the story. */
export const embedView = (
  { station, origin, assets }: Frame,
  { path, headline, ...story }: StoryCard,
  audio: Audio,
): Html =>
  html`<!doctype html>
    <html lang="${station.language}" dir="${directionOf(station.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${headline} | ${station.name}</title>
        <meta name="robots" content="noindex" />
        <link rel="canonical" href="${origin + path}" />
        <link rel="stylesheet" href="${assets.href('text.css')}" />
      </head>
      <body class="sound">
        <main>
          <h1>${headline}</h1>
          <audio controls preload="none" src="${audioUrl(audio.file)}" aria-label="${audio.title || headline}"></audio>
          <p>
            <small
              >${[byOf({ ...story, path, headline }), span(audio.duration * 1000)].filter(Boolean).join(', ')}.
              <a href="${origin + path}" target="_blank" rel="noopener">${station.name}</a></small
            >
          </p>
        </main>
      </body>
    </html>`
