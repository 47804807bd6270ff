import { html } from 'hono/html'
import type { Block } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { photoView } from './photo.view.ts'
import { richText } from './rich-text.view.ts'

/** The body of a story. The dateline stands before the first paragraph's first word. */
export const bodyView = (body: Block[], dateline: string): Html => {
  const first = body.find((block) => block.type === 'paragraph')
  return html`${body.map((block) => blockView(block, block === first ? dateline : ''))}`
}

const blockView = (block: Block, dateline: string): Html => {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${dateline && html`<span class="dateline">${dateline}</span> `}${richText(block.text)}</p>`
    case 'heading':
      return html`<h2>${richText(block.text)}</h2>`
    case 'quotation':
      return html`<blockquote class="quote">
        <p>${richText(block.text)}</p>
        ${block.speaker && html`<footer>${block.speaker}</footer>`}
      </blockquote>`
    case 'pull-quote':
      return html`<aside class="pull" aria-label="Quotation: ${block.text.slice(0, 40)}">
        <p>${richText(block.text)}</p>
        ${block.speaker && speakerView(block.speaker)}
      </aside>`
    case 'list':
      return html`<ul class="points">
        ${block.items.map((item) => html`<li>${richText(item)}</li>`)}
      </ul>`
    case 'photo':
      return photoView(block.photo)
  }
}

/** `Amina Delacourt-Reyes, county engineer`: the name first, then who that is. */
const speakerView = (speaker: string) => {
  const at = speaker.indexOf(',')
  const [name, rest] = at < 0 ? [speaker, ''] : [speaker.slice(0, at), speaker.slice(at)]
  return html`<footer><b>${name}</b>${rest}</footer>`
}
