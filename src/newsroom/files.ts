import type { Copies } from '../library/copies.ts'
import type { BodyBlock } from './body-blocks.ts'
import type { Audio, Photo, ShownContent } from './story.ts'

/** Knows copies of files that others hold. */
export type FindCopy = Copies['find']

/** For a picture whose file does not tell its size, pixels. */
const USUAL = { width: 1500, height: 1000 }

/** The story with what is here: the place of a file that has not come yet stays empty. */
export const withFiles = <T extends ShownContent>(story: T, find: FindCopy): T => {
  const photo = (one: Photo | null) => one && withFile(one, find)
  const audio = (one: Audio | null) => (one && find(one.file) !== 'missing' ? one : null)
  return {
    ...story,
    photo: photo(story.photo),
    audio: audio(story.audio),
    body: story.body.flatMap((block): BodyBlock[] => {
      if (block.type === 'photo') {
        const there = photo(block.photo)
        return there ? [{ ...block, photo: there }] : []
      }
      return block.type === 'audio' && !audio(block.audio) ? [] : [block]
    }),
  }
}

/** Names of all files a story shows, ours and copies of others'. */
export const filesOf = ({ photo, audio, body, bylines }: ShownContent): string[] => [
  ...[photo, audio].flatMap((one) => (one ? [one.file] : [])),
  ...bylines.flatMap(({ picture }) => picture ?? []),
  ...body.flatMap((block) => {
    if (block.type === 'photo') return [block.photo.file]
    return block.type === 'audio' ? [block.audio.file] : []
  }),
]

const withFile = (photo: Photo, find: FindCopy): Photo | null => {
  const file = find(photo.file)
  if (file === 'missing') return null
  if (photo.width > 0 && photo.height > 0) return photo
  const { width, height } = file?.width && file.height ? { width: file.width, height: file.height } : USUAL
  return { ...photo, width, height }
}
