import { pointerTo } from '../formats/news/cds-json.ts'
import { cleanText } from '../formats/news/plain-text.ts'
import { safeLink } from '../formats/news/safe-link.ts'
import { checkBody } from './body-check.ts'
import type { BodyProblem } from './body-check.ts'
import { documentOf } from './shown.ts'
import type { Audio, Photo, StoryContent } from './story.ts'

/** What a person may write of a story; where it came from and its place on the front page are not theirs. */
export type WrittenContent = Omit<StoryContent, 'source' | 'place'>

/** Characters of each field: far more than anybody should need, and little enough for every page. */
export const longest = {
  section: 60,
  slug: 120,
  eyebrow: 120,
  headline: 300,
  dek: 1_000,
  dateline: 120,
  name: 200,
  topic: 80,
  notes: 50_000,
  caption: 3_000,
  alt: 2_000,
  terms: 1_000,
  title: 300,
  transcript: 500_000,
} as const

const mostBylines = 30
const mostTopics = 30
const mostFiles = 300

/**
 * JSON of a browser → what it says of a story, or what is wrong with it and where (RFC 6901 pointers). Fields we do not
 * know are dropped; what no reader sees is taken out of the text. Never throws.
 */
export const checkContent = (json: unknown): { content: WrittenContent } | { problems: BodyProblem[] } => {
  const problems: BodyProblem[] = []
  const tell = (pointer: string, message: string) => void problems.push({ pointer, message })
  if (!isJson(json)) return { problems: [{ pointer: '', message: 'This is no story.' }] }

  const text = (from: Json, at: string, key: string, most: number, { lines = false } = {}): string => {
    const value = own(from, key) ?? ''
    const pointer = pointerTo(at, key)
    if (typeof value !== 'string') return tell(pointer, 'This must be text.') ?? ''
    const clean = lines
      ? value
          .split(/\r\n?|\n/)
          .map(cleanText)
          .join('\n')
          .trim()
      : cleanText(value).trim()
    if (clean.length > most)
      tell(pointer, `This is ${clean.length} characters long; ${most} are the most there is room for.`)
    return clean
  }
  const list = (from: Json, key: string, most: number): unknown[] => {
    const value = own(from, key) ?? []
    if (!Array.isArray(value)) tell(pointerTo('', key), 'This must be a list.')
    else if (value.length > most) tell(pointerTo('', key), `There is room for ${most} of these.`)
    else return value
    return []
  }
  const number = (from: Json, at: string, key: string, [least, most]: [number, number]): number => {
    const value = own(from, key)
    if (typeof value === 'number' && value >= least && value <= most) return value
    tell(pointerTo(at, key), `This must be a number from ${least} to ${most}.`)
    return least
  }
  const file = (from: Json, at: string): string => {
    const value = own(from, 'file')
    if (typeof value === 'string' && /^\w[\w.-]{0,199}$/.test(value)) return value
    tell(pointerTo(at, 'file'), 'This must be the name of a file of the library.')
    return ''
  }
  const link = (from: Json, at: string, key: string): string | null => {
    const value = own(from, key)
    if (value === undefined || value === '') return null
    const safe = typeof value === 'string' ? safeLink(value) : null
    if (safe === null) tell(pointerTo(at, key), 'This must be a web address.')
    return safe
  }

  const photo = (one: Json, at: string): Photo => {
    const agencyUrl = link(one, at, 'agencyUrl')
    const terms = text(one, at, 'terms', longest.terms)
    const focus = own(one, 'focus')
    const place = pointerTo(at, 'focus')
    return {
      file: file(one, at),
      width: number(one, at, 'width', [0, 100_000]),
      height: number(one, at, 'height', [0, 100_000]),
      alt: text(one, at, 'alt', longest.alt),
      caption: text(one, at, 'caption', longest.caption),
      photographer: text(one, at, 'photographer', longest.name),
      agency: text(one, at, 'agency', longest.name),
      ...(agencyUrl && { agencyUrl }),
      ...(terms && { terms }),
      ...(isJson(focus) && { focus: { x: number(focus, place, 'x', [0, 1]), y: number(focus, place, 'y', [0, 1]) } }),
    }
  }
  const audio = (one: Json, at: string): Audio => {
    const transcript = text(one, at, 'transcript', longest.transcript, { lines: true })
    return {
      file: file(one, at),
      title: text(one, at, 'title', longest.title),
      duration: number(one, at, 'duration', [0, 1_000_000]),
      ...(transcript && { transcript }),
    }
  }
  const oneOf = <T>(key: string, read: (one: Json, at: string) => T): T | null => {
    const value = own(json, key) ?? null
    if (value !== null && !isJson(value)) tell(pointerTo('', key), 'This is no file of the library.')
    return isJson(value) ? read(value, pointerTo('', key)) : null
  }
  const files = <T>(key: string, read: (one: Json, at: string) => T): Record<string, T> => {
    const value = own(json, key) ?? {}
    const entries = isJson(value) ? Object.entries(value) : []
    if (!isJson(value) || entries.length > mostFiles)
      tell(pointerTo('', key), `There is room for ${mostFiles} of these.`)
    const kept: [string, T][] = []
    for (const [id, one] of entries.slice(0, mostFiles)) {
      const at = pointerTo('', key, id)
      if (!/^\w[\w.:-]{0,119}$/.test(id) || id === '__proto__' || !isJson(one))
        tell(at, 'This is no file of the library.')
      else kept.push([id, read(one, at)])
    }
    return Object.fromEntries(kept)
  }

  const bylines = list(json, 'bylines', mostBylines).flatMap((one, index) => {
    const at = pointerTo('', 'bylines', index)
    if (!isJson(one)) return tell(at, 'This is no byline.') ?? []
    const name = text(one, at, 'name', longest.name)
    const url = link(one, at, 'url')
    const picture = own(one, 'picture') === undefined ? '' : text(one, at, 'picture', longest.name)
    if (picture && !/^\w[\w.-]*$/.test(picture)) tell(pointerTo(at, 'picture'), 'This must be the name of a file.')
    if (!name) return []
    return [{ name, role: text(one, at, 'role', longest.name), ...(picture && { picture }), ...(url && { url }) }]
  })
  const topics = list(json, 'topics', mostTopics).map(
    (one, index) =>
      text({ one }, pointerTo('', 'topics'), 'one', longest.topic) || (typeof one === 'string' ? '' : `${index}`),
  )
  const body = checkBody(own(json, 'body'))
  if ('problems' in body)
    problems.push(...body.problems.map(({ pointer, message }) => ({ pointer: `/body${pointer}`, message })))

  const content = {
    section: text(json, '', 'section', longest.section),
    slug: text(json, '', 'slug', longest.slug),
    eyebrow: text(json, '', 'eyebrow', longest.eyebrow),
    headline: text(json, '', 'headline', longest.headline),
    dek: text(json, '', 'dek', longest.dek),
    dateline: text(json, '', 'dateline', longest.dateline),
    bylines,
    photo: oneOf('photo', photo),
    audio: oneOf('audio', audio),
    photos: files('photos', photo),
    sounds: files('sounds', audio),
    topics: [...new Set(topics.filter(Boolean))],
    notes: text(json, '', 'notes', longest.notes, { lines: true }),
  }
  if (problems.length > 0 || !('doc' in body)) return { problems }
  return { content: { ...content, body: documentOf(body.doc) } }
}

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (json: Json, key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined)
