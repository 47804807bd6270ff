import { Node } from 'prosemirror-model'
import { blocksToBody, bodyToBlocks } from './body-blocks.ts'
import type { BodyBlock } from './body-blocks.ts'
import { bodySchema } from './body-schema.ts'
import type { Audio, BodyDocument, Photo, ShownContent, StoryContent } from './story.ts'

/** A revision → what readers get of it. A photo or sound that the revision does not hold leaves its place empty. */
export const shownOf = (content: StoryContent): ShownContent => {
  const { section, eyebrow, headline, dek, dateline, bylines, photo, audio, topics, source, place } = content
  const { body, photos, sounds } = content
  const files = { photo: (id: string) => photos[id] ?? null, audio: (id: string) => sounds[id] ?? null }
  const blocks = bodyToBlocks(Node.fromJSON(bodySchema, body), files)
  return { section, eyebrow, headline, dek, dateline, bylines, photo, audio, body: blocks, topics, source, place }
}

/** The body of a revision with the photos and sounds it shows. */
export type Body = Pick<StoryContent, 'body' | 'photos' | 'sounds'>

/** Blocks, as story files and the API write them → the body of a revision. */
export const bodyOf = (blocks: readonly BodyBlock[]): Body => {
  const photos: Record<string, Photo> = {}
  const sounds: Record<string, Audio> = {}
  const doc = blocksToBody(blocks, {
    photo: (photo) => keep(photos, photo),
    audio: (audio) => keep(sounds, audio),
  })
  return { body: documentOf(doc), photos, sounds }
}

/** A body's JSON, free of the prototypes ProseMirror gives to attributes. */
export const documentOf = (doc: Node): BodyDocument => JSON.parse(JSON.stringify(doc)) as BodyDocument

/** What a story file says → a revision. */
export const contentOf = ({ body, ...shown }: ShownContent): StoryContent => {
  const { section, eyebrow, headline, dek, dateline, bylines, photo, audio, topics, source, place } = shown
  const rest = { section, eyebrow, headline, dek, dateline, bylines, photo, audio, topics, source, place }
  return { ...rest, slug: '', notes: '', ...bodyOf(body) }
}

/** Keeps a file under an id the body may name: its own name, unless another use of it says something else. */
const keep = <T extends { file: string }>(kept: Record<string, T>, one: T): string => {
  const name = one.file
    .replace(/[^\w.:-]/g, '_')
    .replace(/^\W/, '_')
    .slice(0, 100)
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}:${n}`
    const there = kept[id]
    if (there && JSON.stringify(there) !== JSON.stringify(one)) continue
    kept[id] = one
    return id
  }
}
