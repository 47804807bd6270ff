import type { Mark, Node } from 'prosemirror-model'
import { isEmbed } from '../formats/news/embed.ts'
import { tidyRuns } from '../formats/news/html-runs.ts'
import type { Prose, ProseCell, Run } from '../formats/news/prose.ts'
import { bodyLink, bodySchema } from './body-schema.ts'

export type ProseToBody = {
  /** Id in the library of a photo of the item, or null when there is none (yet): the photo is left out. */
  photo?: (id: string) => string | null
  /** The same for sounds. */
  audio?: (id: string) => string | null
}

const { nodes, marks } = bodySchema

/** Neutral blocks → a body. Always gives a valid one; a body of nothing is one empty paragraph. */
export const proseToBody = (
  blocks: readonly Prose[],
  { photo, audio }: ProseToBody = {},
): { doc: Node; notes: string[] } => {
  const notes = new Set<string>()
  const toNodes = (block: Prose): Node[] => {
    switch (block.type) {
      case 'paragraph':
        return [paragraph(block.runs)]
      case 'heading':
        return [nodes.heading.create({ level: block.level }, inline(block.runs))]
      case 'list':
        return list(block)
      case 'quotation':
        return [nodes.quotation.create({ speaker: short(block.speaker) }, block.paragraphs.map(paragraph))]
      case 'pull-quote':
        return [
          nodes.pull_quote.create(
            { speaker: short(block.speaker) },
            inline(block.runs.map(({ text, emphasis }) => ({ text, ...(emphasis && { emphasis }) }))),
          ),
        ]
      case 'photo': {
        const id = photo?.(block.photo) ?? null
        if (id === null) notes.add('A photo is not in the library yet; it was left out of the text.')
        return id === null ? [] : [nodes.photo.create({ photo: id })]
      }
      case 'audio': {
        const id = audio?.(block.audio) ?? null
        if (id === null) notes.add('Audio is not in the library yet; it was left out of the text.')
        return id === null ? [] : [nodes.audio.create({ audio: id })]
      }
      case 'table':
        return [nodes.table.create(null, block.rows.map(row))]
      case 'embed':
        return isEmbed(block)
          ? [nodes.embed.create({ provider: block.provider, id: block.id, title: short(block.title) })]
          : []
      case 'card':
        return card(block, notes)
      case 'rule':
        return [nodes.horizontal_rule.create()]
    }
  }
  const content = blocks.flatMap(toNodes)
  return { doc: nodes.doc.create(null, content.length > 0 ? content : [nodes.paragraph.create()]), notes: [...notes] }
}

const short = (text: string): string => text.slice(0, 300).toWellFormed()

const paragraph = (runs: Run[]): Node => nodes.paragraph.create(null, inline(runs))

const inline = (runs: Run[]): Node[] =>
  runs.flatMap(({ text, strong, emphasis, href }) => {
    if (!text) return []
    const link = href === undefined ? null : bodyLink(href)
    let set: readonly Mark[] = []
    if (link !== null) set = marks.link.create({ href: link }).addToSet(set)
    if (emphasis) set = marks.emphasis.create().addToSet(set)
    if (strong) set = marks.strong.create().addToSet(set)
    return [bodySchema.text(text, set)]
  })

/** An item begins with a paragraph; anything in it but paragraphs and lists has been made one. */
const list = ({ ordered, items }: Extract<Prose, { type: 'list' }>): Node[] => {
  const made = items.map((item) => {
    const inner = item.flatMap((block) => {
      if (block.type === 'list') return list(block)
      return block.type === 'paragraph' ? [paragraph(block.runs)] : []
    })
    return nodes.list_item.create(
      null,
      inner[0]?.type === nodes.paragraph ? inner : [nodes.paragraph.create(), ...inner],
    )
  })
  return made.length > 0 ? [(ordered ? nodes.ordered_list : nodes.bullet_list).create(null, made)] : []
}

const row = (cells: ProseCell[]): Node =>
  nodes.table_row.create(
    null,
    cells.map(({ header, runs }) => (header ? nodes.table_header : nodes.table_cell).create(null, inline(runs))),
  )

/** A pointer to another piece becomes a line with a link; one whose address is not known is left out. */
const card = ({ eyebrow, title, href }: Extract<Prose, { type: 'card' }>, notes: Set<string>): Node[] => {
  if (href === null) {
    notes.add(`A pointer to “${title}” was left out: its address is not known.`)
    return []
  }
  return [paragraph([...(eyebrow ? [{ text: `${eyebrow}: ` }] : []), { text: title, href }])]
}

/** A body → neutral blocks; photos and sounds by their library ids. Empty paragraphs say nothing and are not told. */
export const bodyToProse = (doc: Node): Prose[] => doc.children.flatMap(toProse)

const toProse = (node: Node): Prose[] => {
  const { attrs } = node
  const text = (name: string) => String(attrs[name] ?? '')
  switch (node.type) {
    case nodes.paragraph:
      return filled(runsOf(node), (runs) => ({ type: 'paragraph', runs }))
    case nodes.heading:
      return filled(runsOf(node), (runs) => ({ type: 'heading', level: attrs['level'] === 3 ? 3 : 2, runs }))
    case nodes.bullet_list:
    case nodes.ordered_list: {
      const items = node.children.map((item) => item.children.flatMap(toProse)).filter((item) => item.length > 0)
      return items.length > 0 ? [{ type: 'list', ordered: node.type === nodes.ordered_list, items }] : []
    }
    case nodes.quotation: {
      const paragraphs = node.children.map(runsOf).filter((runs) => runs.length > 0)
      return paragraphs.length > 0 ? [{ type: 'quotation', paragraphs, speaker: text('speaker') }] : []
    }
    case nodes.pull_quote:
      return filled(runsOf(node), (runs) => ({ type: 'pull-quote', runs, speaker: text('speaker') }))
    case nodes.photo:
      return [{ type: 'photo', photo: text('photo') }]
    case nodes.audio:
      return [{ type: 'audio', audio: text('audio') }]
    case nodes.embed:
      return [{ type: 'embed', provider: text('provider'), id: text('id'), title: text('title') }]
    case nodes.table:
      return [{ type: 'table', rows: node.children.map((one) => one.children.map(toCell)) }]
    case nodes.horizontal_rule:
      return [{ type: 'rule' }]
    default:
      return []
  }
}

const toCell = (cell: Node): ProseCell => ({ header: cell.type === nodes.table_header, runs: runsOf(cell) })

const filled = (runs: Run[], make: (runs: Run[]) => Prose): Prose[] => (runs.length > 0 ? [make(runs)] : [])

const runsOf = (node: Node): Run[] =>
  tidyRuns(
    node.children.map((child): Run => {
      const href = child.marks.find(({ type }) => type === marks.link)?.attrs['href'] as unknown
      return {
        text: child.text ?? '',
        ...(child.marks.some(({ type }) => type === marks.strong) && { strong: true as const }),
        ...(child.marks.some(({ type }) => type === marks.emphasis) && { emphasis: true as const }),
        ...(typeof href === 'string' && { href }),
      }
    }),
  )
