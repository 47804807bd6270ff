import { Schema, type Attrs, type NodeSpec, type MarkSpec } from 'prosemirror-model'
import { isEmbed } from '../formats/news/embed.ts'
import { safeLink } from '../formats/news/safe-link.ts'

/**
 * The body of a story: what may stand in it, for the editor and the server alike. Photos and sounds are the ids of
 * the library's; embeds are a provider of formats/news/embed.ts and its id. No markup of anybody else's.
 */

/** An address a story may link to, as it will stand in `href`: a safe one, or a path of this site. Null for others. */
export const bodyLink = (href: string): string | null =>
  /^\/(?![/\\])[^\s\\]*$/.test(href) && href.length < 4_000 ? href : safeLink(href)

/** Characters of a speaker, title or the like. */
const longestLabel = 300

type Check = (value: unknown) => void

const must =
  (holds: (value: unknown) => boolean, sentence: string): Check =>
  (value) => {
    if (!holds(value)) throw new RangeError(sentence)
  }
const label = must(
  (value) => typeof value === 'string' && value.length <= longestLabel,
  `needs text of at most ${longestLabel} characters`,
)
const libraryId = must(
  (value) => typeof value === 'string' && /^[\w][\w.:-]{0,119}$/.test(value),
  'needs the id of something in the library',
)
const headingLevel = must((value) => value === 2 || value === 3, 'needs 2 or 3')
const safeHref = must((value) => typeof value === 'string' && bodyLink(value) !== null, 'needs a safe web address')

/** Whether provider and id of an embed go together; attributes are checked one by one otherwise. */
export const isBodyEmbed = ({ provider, id }: Attrs): boolean =>
  typeof provider === 'string' && typeof id === 'string' && isEmbed({ provider, id })

/** What the editor's own copy and paste reads back; foreign HTML goes through body-html.ts instead. */
type Dom = { getAttribute: (name: string) => string | null }
const data =
  (...names: string[]) =>
  (dom: Dom) =>
    Object.fromEntries(names.map((name) => [name, dom.getAttribute(`data-${name}`) ?? '']))

const nodes = {
  doc: { content: 'block+' },
  paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: { level: { default: 2, validate: headingLevel } },
    parseDOM: [2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: ({ attrs }) => [`h${attrs['level']}`, 0],
  },
  bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
  list_item: {
    content: 'paragraph (paragraph | bullet_list | ordered_list)*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  quotation: {
    group: 'block',
    content: 'paragraph+',
    defining: true,
    attrs: { speaker: { default: '', validate: label } },
    parseDOM: [{ tag: 'blockquote', getAttrs: data('speaker') }],
    toDOM: ({ attrs }) => ['blockquote', { 'data-speaker': String(attrs['speaker']) }, 0],
  },
  pull_quote: {
    group: 'block',
    content: 'text*',
    marks: 'emphasis',
    defining: true,
    attrs: { speaker: { default: '', validate: label } },
    parseDOM: [{ tag: 'aside[data-pull]', getAttrs: data('speaker') }],
    toDOM: ({ attrs }) => ['aside', { 'data-pull': '', 'data-speaker': String(attrs['speaker']) }, 0],
  },
  photo: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { photo: { validate: libraryId } },
    parseDOM: [{ tag: 'figure[data-photo]', getAttrs: data('photo') }],
    toDOM: ({ attrs }) => ['figure', { 'data-photo': String(attrs['photo']) }],
  },
  audio: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { audio: { validate: libraryId } },
    parseDOM: [{ tag: 'figure[data-audio]', getAttrs: data('audio') }],
    toDOM: ({ attrs }) => ['figure', { 'data-audio': String(attrs['audio']) }],
  },
  embed: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { provider: { validate: label }, id: { validate: label }, title: { default: '', validate: label } },
    parseDOM: [{ tag: 'figure[data-provider]', getAttrs: data('provider', 'id', 'title') }],
    toDOM: ({ attrs: { provider, id, title } }) => [
      'figure',
      { 'data-provider': String(provider), 'data-id': String(id), 'data-title': String(title) },
    ],
  },
  table: {
    group: 'block',
    content: 'table_row+',
    isolating: true,
    parseDOM: [{ tag: 'table' }],
    toDOM: () => ['table', ['tbody', 0]],
  },
  table_row: { content: '(table_cell | table_header)+', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
  table_cell: { content: 'inline*', isolating: true, parseDOM: [{ tag: 'td' }], toDOM: () => ['td', 0] },
  table_header: { content: 'inline*', isolating: true, parseDOM: [{ tag: 'th' }], toDOM: () => ['th', 0] },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>

const marks = {
  link: {
    attrs: { href: { validate: safeHref } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (dom: Dom) => {
          const href = bodyLink(dom.getAttribute('href') ?? '')
          return href === null ? false : { href }
        },
      },
    ],
    toDOM: ({ attrs }) => ['a', { href: bodyLink(String(attrs['href'])) ?? '#' }, 0],
  },
  emphasis: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
} satisfies Record<string, MarkSpec>

export const bodySchema = new Schema({ nodes, marks })
