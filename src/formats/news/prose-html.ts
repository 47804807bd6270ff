import { embedProviders, isEmbed } from './embed.ts'
import type { FeedImage } from './feed-item.ts'
import { runsText, type Prose, type Run } from './prose.ts'
import { escapeXml } from './xml.ts'

export type ProseHtmlOptions = {
  /** What is known of a photo; null leaves it out. */
  photo?: (id: string) => FeedImage | null
  audio?: (id: string) => { url: string; title: string } | null
  /** Address that paths of this site are completed with: in a feed a link must be whole. */
  base: string
}

/** Neutral blocks → plain HTML without script, style or frames, for feeds and other houses. Embeds become links. */
export const proseHtml = (blocks: readonly Prose[], options: ProseHtmlOptions): string =>
  blocks.map((block) => blockHtml(block, options)).join('')

const blockHtml = (block: Prose, options: ProseHtmlOptions): string => {
  const inline = (runs: readonly Run[]) => runs.map((run) => runHtml(run, options.base)).join('')
  const signed = (speaker: string) => (speaker ? `<footer>${escapeXml(speaker)}</footer>` : '')
  switch (block.type) {
    case 'paragraph':
      return `<p>${inline(block.runs)}</p>`
    case 'heading':
      return `<h${block.level}>${inline(block.runs)}</h${block.level}>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((item) => `<li>${itemHtml(item, options)}</li>`).join('')}</${tag}>`
    }
    case 'quotation':
      return `<blockquote>${block.paragraphs.map((runs) => `<p>${inline(runs)}</p>`).join('')}${signed(block.speaker)}</blockquote>`
    // Its words stand in the text already; a reader without our style would read them twice.
    case 'pull-quote':
      return ''
    case 'photo':
      return photoHtml(options.photo?.(block.photo) ?? null)
    case 'audio': {
      const sound = options.audio?.(block.audio)
      return sound ? link(sound.url, sound.title) : ''
    }
    case 'table':
      return `<table>${block.rows
        .map(
          (row) =>
            `<tr>${row.map(({ header, runs }) => (header ? `<th>${inline(runs)}</th>` : `<td>${inline(runs)}</td>`)).join('')}</tr>`,
        )
        .join('')}</table>`
    case 'embed': {
      if (!isEmbed(block)) return ''
      const { name, page } = embedProviders[block.provider]!
      return link(page(block.id), block.title || `See it at ${name}`)
    }
    case 'card':
      return block.href ? link(block.href, block.title) : ''
    case 'rule':
      return '<hr/>'
  }
}

const link = (href: string, words: string) => `<p><a href="${escapeXml(href)}">${escapeXml(words || href)}</a></p>`

/** One paragraph in an item needs no element of its own. */
const itemHtml = (item: readonly Prose[], options: ProseHtmlOptions): string =>
  item
    .map((block, at) =>
      block.type === 'paragraph' && at === 0
        ? block.runs.map((run) => runHtml(run, options.base)).join('')
        : blockHtml(block, options),
    )
    .join('')

const runHtml = ({ text, strong, emphasis, href }: Run, base: string): string => {
  let html = escapeXml(text)
  if (strong) html = `<strong>${html}</strong>`
  if (emphasis) html = `<em>${html}</em>`
  const url = href === undefined ? null : URL.parse(href, base)
  return url ? `<a href="${escapeXml(url.href)}">${html}</a>` : html
}

const photoHtml = (image: FeedImage | null): string => {
  if (!image) return ''
  const { url, width, height, alt, caption, photographer, agency } = image
  const credit = [photographer, agency].filter(Boolean).join(' / ')
  const words = runsText(
    [caption, credit && `(${credit})`].filter(Boolean).map((text, at) => ({ text: at ? ` ${text}` : text })),
  )
  return `<figure><img src="${escapeXml(url)}" width="${width}" height="${height}" alt="${escapeXml(alt)}"/>${words && `<figcaption>${escapeXml(words)}</figcaption>`}</figure>`
}
