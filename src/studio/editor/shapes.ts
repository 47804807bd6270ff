import type { Audio, Photo, StoryContent } from '../../newsroom/story.ts'

// What the editor's page and the house say to each other, as JSON.

/** What a window writes. */
export type Draft = Omit<StoryContent, 'source' | 'place'>

export type Somebody = { id: string; name: string; initials: string }

/** Who is at the story. */
export type Standing = {
  /** `mine`: this window writes. */
  pen: { mine: boolean; who: Somebody; window: string; since: string } | null
  readers: { who: Somebody; window: string; mine: boolean }[]
  revision: number
  madeBy: Somebody
  killed: boolean
}

export type OpenAnswer = Standing & {
  content: Draft & Pick<StoryContent, 'source' | 'place'>
  sequence: number
  shown: number
  apart: boolean
}

export type HereAnswer = Standing & { live: { sequence: number; content: Draft } | null }

export type SaveAnswer = { sequence: number; savedAt: number; standing: Standing }

export type VersionAnswer = { revision: number }

/** One photo of the library, as the picker shows it. */
export type ListedPhoto = Omit<Photo, 'terms'> & {
  id: string
  thumb: string
  /** Base64 of a ThumbHash. */
  thumbhash?: string
  name?: string
  terms?: string
}
export type PhotoList = { photos: ListedPhoto[] }

export type { Audio, Photo }
