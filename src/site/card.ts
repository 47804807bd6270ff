import { isLibraryFile, renditionName, type Focus } from '../library/rendition.ts'
import type { Photo, StoryCard } from '../newsroom/newsroom.ts'
import { span } from '../player/words.ts'
import type { Frame } from './frame.ts'

export type Picture = { file: string; src: string; width: number; height: number; alt: string; focus?: Focus }

/** A story as it is announced elsewhere. */
export type Card = {
  href: string
  eyebrow: string
  headline: string
  sum: string
  by: string
  /** `22 minutes ago`, and the instant it means. */
  when: string
  iso: string
  /** `4:12`, or null without audio. */
  listen: string | null
  picture: Picture | null
}

export const cardOf = (story: StoryCard, { times, at }: Pick<Frame, 'times' | 'at'>): Card => {
  const when = Date.parse(story.updated ?? story.published)
  return {
    href: story.path,
    eyebrow: story.eyebrow,
    headline: story.headline,
    sum: story.dek,
    by: byOf(story),
    when: times.ago(when, at),
    iso: times.iso(when),
    listen: story.audio && span(story.audio.duration * 1000),
    picture: pictureOf(story.photo),
  }
}

/** Who wrote it, or whose it is. */
export const byOf = (story: StoryCard): string =>
  story.bylines.map((byline) => byline.name).join(', ') || (story.source?.owner ?? '')

/** A photo whose maker nobody knows is not shown. */
export const pictureOf = (photo: Photo | null): Picture | null =>
  photo && (photo.photographer || photo.agency)
    ? {
        file: photo.file,
        src: pictureUrl(photo.file),
        width: photo.width,
        height: photo.height,
        alt: photo.alt,
        ...(photo.focus && { focus: photo.focus }),
      }
    : null

export const pictureUrl = (file: string): string => `/pictures/${encodeURIComponent(file)}`

/** A face, cut square: no more of it than its place needs. */
export const portraitUrl = (file: string): string =>
  isLibraryFile(file)
    ? `${pictureUrl(file)}/${renditionName({ shape: '1x1', width: 320, format: 'jpg' })}`
    : pictureUrl(file)
export const audioUrl = (file: string): string => `/audio/${encodeURIComponent(file)}`
