import { html } from 'hono/html'
import { embedProviders } from '../formats/news/embed.ts'
import type { BodyBlock, BodyList } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { span, spanInWords } from '../player/words.ts'
import { audioUrl } from './card.ts'
import { cutDiscView } from './cut.view.ts'
import { photoView } from './photo.view.ts'
import { richText } from './rich-text.view.ts'
import { safeUrl } from './safe-url.ts'

/** The body of a story. The dateline stands before the first paragraph's first word. */
export const bodyView = (body: BodyBlock[], dateline: string): Html => {
  const first = body.find((block) => block.type === 'paragraph')
  return html`${body.map((block) => blockView(block, block === first ? dateline : ''))}`
}

const blockView = (block: BodyBlock, dateline: string): Html => {
  switch (block.type) {
    case 'paragraph':
      return html`<p>${dateline && html`<span class="dateline">${dateline}</span> `}${richText(block.text)}</p>`
    case 'heading':
      return html`<h2>${richText(block.text)}</h2>`
    case 'subheading':
      return html`<h3>${richText(block.text)}</h3>`
    case 'quotation':
      return html`<blockquote class="quote">
        ${paragraphsOf(block.text)} ${block.speaker && html`<footer>${block.speaker}</footer>`}
      </blockquote>`
    case 'pull-quote':
      return html`<aside class="pull" aria-label="Quotation: ${block.text.slice(0, 40)}">
        <p>${richText(block.text)}</p>
        ${block.speaker && speakerView(block.speaker)}
      </aside>`
    case 'list':
      return listView(block)
    case 'photo':
      return photoView(block.photo)
    case 'audio':
      return audioView(block.audio)
    case 'table':
      return tableView(block.rows)
    case 'embed':
      return embedView(block)
    case 'rule':
      return html`<hr />`
  }
}

export const paragraphsOf = (text: string): Html =>
  html`${text.split(/\n{2,}/).map((paragraph) => html`<p>${richText(paragraph)}</p>`)}`

export const listView = ({ ordered, items }: BodyList): Html => {
  const lines = items.map((item) =>
    typeof item === 'string'
      ? html`<li>${richText(item)}</li>`
      : html`<li>${richText(item.text)} ${listView(item.list)}</li>`,
  )
  return ordered
    ? html`<ol class="points">
        ${lines}
      </ol>`
    : html`<ul class="points">
        ${lines}
      </ul>`
}

export const tableView = (rows: { header: boolean; text: string }[][]): Html =>
  html`<div class="table-wrap" tabindex="0" role="group" aria-label="Table">
    <table>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(({ header, text }) => (header ? html`<th>${richText(text)}</th>` : html`<td>${richText(text)}</td>`))}
          </tr>`,
      )}
    </table>
  </div>`

/** A link to where it stands: nothing of another house is loaded before a reader goes there. */
export const embedView = ({ provider, id, title }: { provider: string; id: string; title: string }): Html => {
  const known = embedProviders[provider]
  if (!known) return html``
  return html`<p><a href="${safeUrl(known.page(id))}">${title || `See it on ${known.name}`}</a></p>`
}

const audioView = ({ file, title, duration }: Extract<BodyBlock, { type: 'audio' }>['audio']) => {
  const cut = { href: audioUrl(file), src: audioUrl(file), title, seconds: duration, about: '' }
  const length = span(duration * 1000)
  return html`<section class="cut" aria-label="Audio: ${title}">
    ${cutDiscView({ ...cut, length }, `Play ${title || 'the audio'}, ${spanInWords(duration * 1000)}`)}
    <p class="title">${title}</p>
    <p class="meta">${length}</p>
  </section>`
}

/** `Amina Delacourt-Reyes, county engineer`: the name first, then who that is. */
const speakerView = (speaker: string) => {
  const at = speaker.indexOf(',')
  const [name, rest] = at < 0 ? [speaker, ''] : [speaker.slice(0, at), speaker.slice(at)]
  return html`<footer><b>${name}</b>${rest}</footer>`
}
