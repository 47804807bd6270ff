import { Node } from 'prosemirror-model'
import { bodySchema } from './body-schema.ts'
import { bodyText } from './body-text.ts'
import type { Photo, StoryContent } from './story.ts'

/** Something that keeps a story from going out: what, why, and the way to mend it. */
export type Lack = {
  /** The field of the editor it is mended at. */
  at: 'headline' | 'body' | 'byline' | 'section' | 'photo' | 'audio' | `photo:${string}`
  /** Which of a photo's fields. */
  field?: 'photographer' | 'alt' | 'terms'
  /** `The photo has no photographer.` */
  thing: string
  /** `It cannot be shown without one.` */
  rule: string
  /** `Add a credit` */
  way: string
}

export type Readiness = {
  lacks: Lack[]
  /** What is as it should be, in a few words. */
  good: string[]
}

/** Whether a story may go out. `sections` are the ids of those the station has. */
export const readinessOf = (content: StoryContent, { sections }: { sections: readonly string[] }): Readiness => {
  const { headline, dek, bylines, source, section, photo, photos, audio, sounds } = content
  const doc = Node.fromJSON(bodySchema, content.body)
  const lacks: Lack[] = []
  const good: string[] = []
  if (!headline)
    lacks.push({
      at: 'headline',
      thing: 'There is no headline.',
      rule: 'Every list and page needs one.',
      way: 'Write it',
    })
  const hasText = bodyText(doc) !== ''
  if (!hasText && !audio)
    lacks.push({
      at: 'body',
      thing: 'There is no text.',
      rule: 'A story says something, or has audio.',
      way: 'Write it',
    })
  const isBylined = bylines.length > 0 || source !== null
  if (!isBylined)
    lacks.push({
      at: 'byline',
      thing: 'There is no byline.',
      rule: 'Readers are told who wrote it.',
      way: 'Add a name',
    })
  const written = [headline && 'headline', hasText && 'text', dek && 'dek', isBylined && 'byline'].filter(Boolean)
  if (written.length > 0) good.push(sentence(written.join(', ')))
  if (sections.includes(section)) good.push('Section')
  else if (section)
    lacks.push({
      at: 'section',
      thing: `There is no section “${section}”.`,
      rule: 'It stands in the address and in the lists.',
      way: 'Choose one',
    })
  else
    lacks.push({
      at: 'section',
      thing: 'It is in no section.',
      rule: 'The section stands in its address and in the lists.',
      way: 'Choose one',
    })

  // What a source sent carries its own rights; a photo of ours is shown only when we know whose it is.
  const ours = source === null
  if (photo) {
    const wrong = photoLacks(photo, { at: 'photo', name: 'The photo', ours })
    lacks.push(...wrong)
    if (wrong.length === 0) good.push('Photo, credit, alt text')
  }
  const used = usedFiles(doc)
  let nth = 0
  for (const id of used.photos) {
    nth += 1
    const one = photos[id]
    const name = used.photos.length === 1 ? 'The photo in the text' : `Photo ${nth} in the text`
    if (one) lacks.push(...photoLacks(one, { at: `photo:${id}`, name, ours }))
    else
      lacks.push({
        at: `photo:${id}`,
        thing: `${name} is not in the library.`,
        rule: 'Its place would stay empty.',
        way: 'Take it out, or choose another',
      })
  }
  for (const id of used.sounds)
    if (!sounds[id])
      lacks.push({
        at: 'body',
        thing: 'A sound in the text is not in the library.',
        rule: 'Its place would stay empty.',
        way: 'Take it out',
      })
  if (audio)
    if (audio.duration > 0) good.push(audio.transcript ? 'Audio, transcript attached' : 'Audio')
    else
      lacks.push({
        at: 'audio',
        thing: 'Nobody knows how long the audio is.',
        rule: 'Listeners are told before they press play.',
        way: 'Choose the file again',
      })
  return { lacks, good }
}

type About = { at: Lack['at']; name: string; ours: boolean }

const photoLacks = ({ photographer, agency, alt, terms }: Photo, { at, name, ours }: About): Lack[] => [
  ...(photographer || (!ours && agency)
    ? []
    : [
        {
          at,
          field: 'photographer' as const,
          thing: `${name} has no photographer.`,
          rule: 'It cannot be shown without one.',
          way: 'Add a credit',
        },
      ]),
  ...(alt
    ? []
    : [
        {
          at,
          field: 'alt' as const,
          thing: `${name} says nothing to those who cannot see it.`,
          rule: 'One sentence tells them what it shows.',
          way: 'Describe it',
        },
      ]),
  ...(terms || !ours
    ? []
    : [
        {
          at,
          field: 'terms' as const,
          thing: `${name} has no terms.`,
          rule: 'Without them nobody knows whether we may show it.',
          way: 'Say what we may do with it',
        },
      ]),
]

/** Ids of the photos and sounds a body shows, in order, each once. */
export const usedFiles = (doc: Node): { photos: string[]; sounds: string[] } => {
  const photos = new Set<string>()
  const sounds = new Set<string>()
  doc.descendants(({ type, attrs }) => {
    if (type === bodySchema.nodes.photo) photos.add(String(attrs['photo']))
    if (type === bodySchema.nodes.audio) sounds.add(String(attrs['audio']))
  })
  return { photos: [...photos], sounds: [...sounds] }
}

const sentence = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The end of an editor's address that leads to the place where it is mended. */
export const placeOf = ({ at, field }: Lack): string => encodeURIComponent(field ? `${at}/${field}` : at)
