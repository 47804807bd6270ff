import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FeedImage } from '../formats/news/feed-item.ts'
import { isLibraryFile, sizeOfRendition, USUAL } from '../library/rendition.ts'
import { isSound } from '../library/sound-store.ts'
import type { Photo } from '../newsroom/newsroom.ts'
import { pictureOf } from './card.ts'
import { mediaTypes } from './media-types.ts'
import type { SiteDeps } from './site-deps.ts'

/** Type and bytes of a story's sound; null when the file is not here. */
export const soundFacts = async (
  { media }: Pick<SiteDeps, 'media'>,
  file: string,
): Promise<{ mediaType: string; bytes: number } | null> => {
  const copy = media.copies?.find(file) ?? null
  if (copy === 'missing') return null
  if (copy) return { mediaType: copy.type, bytes: copy.bytes }
  const own = isSound(file) ? await media.sounds?.find(file) : null
  if (own) return { mediaType: own.type, bytes: own.bytes }
  const found = await stat(join(media.audio, file)).catch(() => null)
  return found && { mediaType: mediaTypes[extname(file).toLowerCase()] ?? 'audio/mpeg', bytes: found.size }
}

/** A photo with its credit, at its whole address; null for one that is not shown. */
export const imageFacts = (photo: Photo | null, origin: string): FeedImage | null => {
  const picture = pictureOf(photo)
  if (!photo || !picture) return null
  const isOfLibrary = isLibraryFile(photo.file)
  const { width, height } = isOfLibrary ? sizeOfRendition(picture, USUAL) : picture
  const mediaType = (!isOfLibrary && mediaTypes[extname(photo.file).toLowerCase()]) || 'image/jpeg'
  const { caption, photographer, agency } = photo
  const { src, alt } = picture
  return { url: origin + src, mediaType, width, height, alt, caption, photographer, agency }
}
