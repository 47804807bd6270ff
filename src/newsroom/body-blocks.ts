import type { Node } from 'prosemirror-model'
import type { Prose } from '../formats/news/prose.ts'
import { markupToRuns, runsToMarkup } from './body-markup.ts'
import { bodyToProse, proseToBody } from './body-prose.ts'
import type { Audio, Block, Photo } from './newsroom.ts'

/**
 * A block of a story's body as a page shows it: those of `Block`, and what a body can hold besides. Text is the line
 * of body-markup.ts; the paragraphs of a quotation are apart by an empty line.
 */
export type BodyBlock =
  | Exclude<Block, { type: 'list' }>
  | { type: 'subheading'; text: string }
  | BodyList
  | { type: 'audio'; audio: Audio }
  | { type: 'table'; rows: { header: boolean; text: string }[][] }
  | { type: 'embed'; provider: string; id: string; title: string }
  | { type: 'rule' }

/** An item with a list of its own below it is told as both. */
export type BodyList = { type: 'list'; ordered?: true; items: (string | { text: string; list: BodyList })[] }

export type BodyFiles = {
  /** What the library knows of a photo; null for one that is gone, restricted or not fetched yet: its place stays empty. */
  photo: (id: string) => Photo | null
  audio: (id: string) => Audio | null
}

/** A body → what the page shows, in order. */
export const bodyToBlocks = (doc: Node, files: BodyFiles): BodyBlock[] =>
  bodyToProse(doc).flatMap((block): BodyBlock[] => {
    switch (block.type) {
      case 'paragraph':
        return [{ type: 'paragraph', text: runsToMarkup(block.runs) }]
      case 'heading':
        return [{ type: block.level === 2 ? 'heading' : 'subheading', text: runsToMarkup(block.runs) }]
      case 'quotation':
        return [{ type: 'quotation', text: block.paragraphs.map(runsToMarkup).join('\n\n'), speaker: block.speaker }]
      case 'pull-quote':
        return [{ type: 'pull-quote', text: runsToMarkup(block.runs), speaker: block.speaker }]
      case 'list':
        return [listBlock(block)]
      case 'photo': {
        const photo = files.photo(block.photo)
        return photo ? [{ type: 'photo', photo }] : []
      }
      case 'audio': {
        const audio = files.audio(block.audio)
        return audio ? [{ type: 'audio', audio }] : []
      }
      case 'table':
        return [
          {
            type: 'table',
            rows: block.rows.map((row) => row.map(({ header, runs }) => ({ header, text: runsToMarkup(runs) }))),
          },
        ]
      case 'embed':
      case 'rule':
        return [block]
      case 'card':
        return []
    }
  })

const listBlock = ({ ordered, items }: Extract<Prose, { type: 'list' }>): BodyList => ({
  type: 'list',
  ...(ordered && { ordered }),
  items: items.map((item) => {
    const text = item
      .map((block) => (block.type === 'paragraph' ? runsToMarkup(block.runs) : ''))
      .filter(Boolean)
      .join(' ')
    const lists = item.filter((block) => block.type === 'list')
    const [first, ...more] = lists.map(listBlock)
    return first ? { text, list: { ...first, items: [...first.items, ...more.flatMap((list) => list.items)] } } : text
  }),
})

type FileIds = { photo: (photo: Photo) => string; audio: (audio: Audio) => string }

/** Blocks of a story file → a body. `photo` and `audio` name the library's id of a file. */
export const blocksToBody = (blocks: readonly BodyBlock[], ids: FileIds): Node =>
  proseToBody(blocksToProse(blocks, ids), { photo: (id) => id, audio: (id) => id }).doc

/** The same as neutral blocks, for outlets. */
export const blocksToProse = (blocks: readonly BodyBlock[], { photo, audio }: FileIds): Prose[] => {
  const toProse = (block: BodyBlock): Prose => {
    switch (block.type) {
      case 'paragraph':
        return { type: 'paragraph', runs: markupToRuns(block.text) }
      case 'heading':
      case 'subheading':
        return { type: 'heading', level: block.type === 'heading' ? 2 : 3, runs: markupToRuns(block.text) }
      case 'quotation':
        return { type: 'quotation', paragraphs: block.text.split(/\n{2,}/).map(markupToRuns), speaker: block.speaker }
      case 'pull-quote':
        return { type: 'pull-quote', runs: markupToRuns(block.text), speaker: block.speaker }
      case 'list':
        return listProse(block)
      case 'photo':
        return { type: 'photo', photo: photo(block.photo) }
      case 'audio':
        return { type: 'audio', audio: audio(block.audio) }
      case 'table':
        return {
          type: 'table',
          rows: block.rows.map((row) => row.map(({ header, text }) => ({ header, runs: markupToRuns(text) }))),
        }
      case 'embed':
      case 'rule':
        return block
    }
  }
  return blocks.map(toProse)
}

const listProse = ({ ordered, items }: BodyList): Prose => ({
  type: 'list',
  ordered: ordered === true,
  items: items.map((item): Prose[] =>
    typeof item === 'string'
      ? [{ type: 'paragraph', runs: markupToRuns(item) }]
      : [{ type: 'paragraph', runs: markupToRuns(item.text) }, listProse(item.list)],
  ),
})
