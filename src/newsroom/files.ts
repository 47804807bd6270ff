import type { Copies } from '../library/copies.ts'
import type { BodyBlock } from './body-blocks.ts'
import type { Audio, Photo } from './story.ts'

/** Knows copies of files that others hold. */
export type FindCopy = Copies['find']

/** For a picture whose file does not tell its size, pixels. */
const USUAL = { width: 1500, height: 1000 }

/** The body with what is here: the place of a file that has not come yet stays empty. */
export const bodyWithFiles = (body: readonly BodyBlock[], find: FindCopy): BodyBlock[] =>
  body.flatMap((block): BodyBlock[] => {
    if (block.type === 'photo') {
      const photo = photoWithFile(block.photo, find)
      return photo ? [{ ...block, photo }] : []
    }
    return block.type === 'audio' && !audioWithFile(block.audio, find) ? [] : [block]
  })

/** The photo itself where nothing need be added to it; null while its file is missing. */
export const photoWithFile = (photo: Photo | null, find: FindCopy): Photo | null => {
  const file = photo && find(photo.file)
  if (file === 'missing') return null
  if (!photo || (photo.width > 0 && photo.height > 0)) return photo
  const { width, height } = file?.width && file.height ? { width: file.width, height: file.height } : USUAL
  return { ...photo, width, height }
}

export const audioWithFile = (audio: Audio | null, find: FindCopy): Audio | null =>
  audio && find(audio.file) !== 'missing' ? audio : null
