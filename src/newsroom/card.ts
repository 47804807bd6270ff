import type { FindCopy } from './files.ts'
import { audioWithFile, photoWithFile } from './files.ts'
import type { Correction, Story, StoryContent } from './story.ts'

/** A published story without its body: all that lists, feeds and announcements say of it. */
export type StoryCard = Omit<Story, 'body'>

type Facts = {
  id: string
  path: string
  /** ms since the epoch, as are those below. */
  published: number
  updated: number | null
  corrections: readonly { at: number; text: string }[]
}

/** `body` is null where it shows no files. */
type CardContent = Omit<StoryContent, 'slug' | 'notes' | 'body'> & { body: StoryContent['body'] | null }

/** What memory keeps of a revision: its card, and the names of the files it shows. */
export const cardOf = (facts: Facts, content: CardContent): { card: StoryCard; files: readonly string[] } => {
  const { headline, dek, dateline, photo, audio, source, place, body, photos, sounds } = content
  const bylines = content.bylines.map((by) => ({ ...by, name: same(by.name), role: same(by.role) }))
  const named = (kind: 'photo' | 'audio') => (body ? namedIn(body as BodyNode, kind) : [])
  const files = [
    photo?.file,
    audio?.file,
    ...bylines.map(({ picture }) => picture),
    ...named('photo').map((id) => photos[id]?.file),
    ...named('audio').map((id) => sounds[id]?.file),
  ]
  const card = {
    id: facts.id,
    path: facts.path,
    section: same(content.section),
    eyebrow: same(content.eyebrow),
    headline,
    dek,
    dateline: same(dateline),
    bylines,
    photo: photo && { ...photo, photographer: same(photo.photographer), agency: same(photo.agency) },
    audio,
    topics: content.topics.map(same),
    source: source && {
      ...source,
      owner: same(source.owner),
      copyright: same(source.copyright),
      agency: same(source.agency),
    },
    place,
    published: iso(facts.published),
    updated: facts.updated === null ? null : iso(facts.updated),
    corrections: facts.corrections.length
      ? facts.corrections.map(({ at, text }): Correction => ({ at: iso(at), text }))
      : NONE,
  }
  return { card, files: [...new Set(files.filter((file) => file !== undefined))] }
}

/** The card with what is here: the place of a file that has not come yet stays empty. */
export const cardWithFiles = (card: StoryCard, find: FindCopy): { card: StoryCard; isWhole: boolean } => {
  const photo = photoWithFile(card.photo, find)
  const audio = audioWithFile(card.audio, find)
  const isWhole = photo === card.photo && audio === card.audio
  return { card: isWhole ? card : { ...card, photo, audio }, isWhole }
}

const NONE: Correction[] = []
const iso = (at: number) => new Date(at).toISOString()

type BodyNode = { type?: string; attrs?: { photo?: string; audio?: string }; content?: BodyNode[] }

/** Ids of the photos or of the sounds that a body names. */
const namedIn = (node: BodyNode, kind: 'photo' | 'audio'): string[] =>
  node.type === kind ? [node.attrs?.[kind] ?? ''] : (node.content ?? []).flatMap((one) => namedIn(one, kind))

/** Words that many stories share are kept once. */
const kept = new Map<string, string>()
const MOST_KEPT = 20_000

const same = (text: string): string => {
  const known = kept.get(text)
  if (known !== undefined) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(text, text)
  return text
}
