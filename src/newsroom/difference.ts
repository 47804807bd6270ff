import { diffArrays, diffWordsWithSpace } from 'diff'
import { Node } from 'prosemirror-model'
import { proseText } from '../formats/news/prose.ts'
import { bodyToProse } from './body-prose.ts'
import { bodySchema } from './body-schema.ts'
import type { Audio, Photo, StoryContent } from './story.ts'

/** Words that are in both, only in the older, or only in the newer. */
export type Words = { text: string; is: 'same' | 'gone' | 'new' }

/** One field, or one paragraph of the body, that is not what it was. `same` paragraphs are told for their place. */
export type Change = {
  /** `Headline`, `Text`, `Photo “ferry.jpg”: photographer` … */
  what: string
  words: Words[]
}

export type Difference = {
  /** Fields that changed. */
  fields: Change[]
  /** The body, paragraph by paragraph, with what stayed; empty when nothing in it changed. */
  body: Words[][]
}

type Content = Omit<StoryContent, 'source' | 'place'>

/** Paragraphs a word-by-word comparison may take, ms; two that have nothing in common are shown one after the other. */
const patienceMs = 200
const mostEdits = 2_000

/** What became of the older text in the newer. */
export const differenceOf = (older: Content, newer: Content): Difference => ({
  fields: fieldsOf(newer, older),
  body: bodyChanges(linesOf(older), linesOf(newer)),
})

export const isSame = ({ fields, body }: Difference): boolean => fields.length === 0 && body.length === 0

const names: ['headline' | 'dek' | 'slug' | 'eyebrow' | 'section' | 'dateline' | 'notes', string][] = [
  ['headline', 'Headline'],
  ['dek', 'Dek'],
  ['slug', 'Slug'],
  ['eyebrow', 'Eyebrow'],
  ['section', 'Section'],
  ['dateline', 'Dateline'],
  ['notes', 'Notes'],
]

const fieldsOf = (newer: Content, older: Content): Change[] => {
  const changes: Change[] = []
  const tell = (what: string, from: string, to: string) => {
    if (from !== to) changes.push({ what, words: wordsOf(from, to) })
  }
  for (const [key, what] of names) tell(what, older[key], newer[key])
  const bylines = ({ bylines: list }: Content) =>
    list.map(({ name, role, url, picture }) => [name, role, url, picture].filter(Boolean).join(', ')).join('; ')
  tell('Byline', bylines(older), bylines(newer))
  tell('Topics', older.topics.join(', '), newer.topics.join(', '))
  const photo = (what: string, from: Photo | null | undefined, to: Photo | null | undefined) => {
    if (from?.file !== to?.file) tell(what, from?.file ?? '', to?.file ?? '')
    for (const key of ['caption', 'photographer', 'agency', 'alt', 'terms'] as const)
      tell(`${what}: ${key === 'alt' ? 'for those who cannot see it' : key}`, from?.[key] ?? '', to?.[key] ?? '')
    const focus = (one: Photo | null | undefined) => (one?.focus ? `${one.focus.x} ${one.focus.y}` : '')
    tell(`${what}: focus`, focus(from), focus(to))
  }
  photo('Photo', older.photo, newer.photo)
  for (const id of both(older.photos, newer.photos)) photo(`Photo ${id}`, older.photos[id], newer.photos[id])
  const audio = (what: string, from: Audio | null | undefined, to: Audio | null | undefined) => {
    for (const key of ['file', 'title', 'transcript'] as const)
      tell(key === 'file' ? what : `${what}: ${key}`, from?.[key] ?? '', to?.[key] ?? '')
  }
  audio('Audio', older.audio, newer.audio)
  for (const id of both(older.sounds, newer.sounds)) audio(`Audio ${id}`, older.sounds[id], newer.sounds[id])
  return changes
}

const both = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted()

/** What each paragraph says, with a word before it for what is not a paragraph. */
const linesOf = ({ body }: Content): string[] =>
  bodyToProse(Node.fromJSON(bodySchema, body)).map((block) => {
    const kind = kinds[block.type]
    const marked = 'runs' in block ? runsWithMarks(block.runs) : proseText([block])
    const speaker = 'speaker' in block && block.speaker ? ` (${block.speaker})` : ''
    const named = block.type === 'photo' ? block.photo : block.type === 'audio' ? block.audio : ''
    const embed = block.type === 'embed' ? `${block.provider} ${block.id}` : ''
    return `${kind ? `${kind}: ` : ''}${marked}${speaker}${named}${embed}`
  })

const kinds: Record<string, string | undefined> = {
  heading: 'Heading',
  quotation: 'Quotation',
  'pull-quote': 'Pull quote',
  list: 'List',
  photo: 'Photo',
  audio: 'Audio',
  table: 'Table',
  embed: 'Embed',
  rule: 'Line',
}

type Runs = { text: string; strong?: true; emphasis?: true; href?: string }[]

/** A link that leads elsewhere and words that became bold are changes too. */
const runsWithMarks = (runs: Runs) =>
  runs
    .map(({ text, strong, emphasis, href }) => {
      const stars = `${strong ? '**' : ''}${emphasis ? '*' : ''}`
      const marked = `${stars}${text}${stars}`
      return href ? `${marked} [${href}]` : marked
    })
    .join('')

const bodyChanges = (older: string[], newer: string[]): Words[][] => {
  const steps = diffArrays(older, newer)
  if (steps.every(({ added, removed }) => !added && !removed)) return []
  const changes: Words[][] = []
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!
    const next = steps[at + 1]
    if (step.removed && next?.added) {
      at += 1
      const rows = Math.max(step.value.length, next.value.length)
      for (let row = 0; row < rows; row++) changes.push(wordsOf(step.value[row] ?? '', next.value[row] ?? ''))
    } else {
      const is = step.added ? 'new' : step.removed ? 'gone' : 'same'
      changes.push(...step.value.map((text): Words[] => [{ text, is }]))
    }
  }
  return changes
}

const wordsOf = (from: string, to: string): Words[] => {
  const whole: Words[] = [
    { text: from, is: 'gone' as const },
    { text: to, is: 'new' as const },
  ].filter(({ text }) => text !== '')
  if (whole.length < 2) return whole
  const steps = diffWordsWithSpace(from, to, { timeout: patienceMs, maxEditLength: mostEdits })
  if (!steps) return whole
  return joined(
    steps.map(({ value, added, removed }) => ({ text: value, is: added ? 'new' : removed ? 'gone' : 'same' })),
  )
}

/** Words replaced one by one read as one change: a space alone between two changes belongs to both. */
const joined = (words: Words[]): Words[] => {
  const out: Words[] = []
  let gone = ''
  let new_ = ''
  const flush = () => {
    if (gone) out.push({ text: gone, is: 'gone' })
    if (new_) out.push({ text: new_, is: 'new' })
    gone = new_ = ''
  }
  for (const [at, { text, is }] of words.entries()) {
    const isGap = is === 'same' && /^\s+$/.test(text) && gone && new_ && words[at + 1] && words[at + 1]?.is !== 'same'
    if (is === 'gone' || isGap) gone += text
    if (is === 'new' || isGap) new_ += text
    if (is !== 'same' || isGap) continue
    flush()
    out.push({ text, is })
  }
  flush()
  return out
}
