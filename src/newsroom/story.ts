import type { BodyBlock } from './body-blocks.ts'

/** A photo with the three parts of its credit, each in its place. */
export type Photo = {
  /** File name within the station's pictures. */
  file: string
  width: number
  height: number
  alt: string
  caption: string
  photographer: string
  agency: string
  /** The agency's page, where the source names one. */
  agencyUrl?: string
  /** What we may do with it, in the words of whoever gave it. */
  terms?: string
  /** What must stay in sight when it is cropped: 0…1 of its width and height. */
  focus?: { x: number; y: number }
}

export type Audio = { file: string; title: string; /** Seconds. */ duration: number; transcript?: string }

/** One block of a story file's body. Text is plain except links, written `[words](https://…)`, and *emphasis*. */
export type Block =
  | { type: 'paragraph'; text: string }
  | { type: 'heading'; text: string }
  | { type: 'quotation'; text: string; speaker: string }
  | { type: 'pull-quote'; text: string; speaker: string }
  | { type: 'list'; items: string[] }
  | { type: 'photo'; photo: Photo }

export type Correction = { at: string; text: string }

/** A document of `bodySchema`, as JSON. */
export type BodyDocument = { type: 'doc'; content: unknown[] }

/** What a story says: one revision of it, without what became of it. */
export type StoryContent = {
  section: string
  /** What the desk calls it: `ferry-winter`. */
  slug: string
  eyebrow: string
  headline: string
  dek: string
  dateline: string
  bylines: {
    name: string
    role: string
    picture?: string
    /** The biography. */
    url?: string
  }[]
  photo: Photo | null
  audio: Audio | null
  body: BodyDocument
  /** What the body shows, by the ids its parts name. */
  photos: Record<string, Photo>
  sounds: Record<string, Audio>
  topics: string[]
  /** For the staff: never shown, never sent. */
  notes: string
  /** Set for stories of others: where it came from and what must be shown with it. */
  source: {
    owner: string
    /** The source's own page; '' when it tells none. */
    url: string
    copyright: string
    agency: string
    /** The source asks search engines to stay away. */
    noIndex?: true
  } | null
  /** Front page order chosen by the editors: 1 is the lead; null flows by age. */
  place: number | null
}

/** What readers get of it: without what is the staff's, with the body as a page shows it. */
export type ShownContent = Omit<StoryContent, 'slug' | 'notes' | 'body' | 'photos' | 'sounds'> & { body: BodyBlock[] }

/** A published story. Times are ISO instants. */
export type Story = ShownContent & {
  id: string
  /** `/<section>/<yyyy-mm-dd>/<path-name>` */
  path: string
  published: string
  updated: string | null
  corrections: Correction[]
}

/** What is said at the address of a story that was killed. */
export type Withdrawal = { at: string; note: string }
