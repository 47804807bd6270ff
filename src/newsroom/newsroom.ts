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
}

export type Audio = { file: string; title: string; /** Seconds. */ duration: number; transcript?: string }

/** One block of a story's body. Text is plain except links, written `[words](https://…)`, and *emphasis*. */
export type Block =
  | { type: 'paragraph'; text: string }
  | { type: 'heading'; text: string }
  | { type: 'quotation'; text: string; speaker: string }
  | { type: 'pull-quote'; text: string; speaker: string }
  | { type: 'list'; items: string[] }
  | { type: 'photo'; photo: Photo }

export type Correction = { at: string; text: string }

/** A published story. Times are ISO instants. */
export type Story = {
  id: string
  /** `/<section>/<yyyy-mm-dd>/<path-name>` */
  path: string
  section: string
  eyebrow: string
  headline: string
  dek: string
  dateline: string
  bylines: { name: string; role: string; picture?: string }[]
  published: string
  updated: string | null
  photo: Photo | null
  audio: Audio | null
  body: Block[]
  corrections: Correction[]
  topics: string[]
  /** Set for stories of others: where it came from and what must be shown with it. */
  source: { owner: string; url: string; copyright: string; agency: string } | null
  /** Front page order chosen by the editors: 1 is the lead; null flows by age. */
  place: number | null
}

export type Newsroom = {
  /** All published stories, newest first. */
  stories(): Story[]
  find(path: string): Story | null
  /** Stories like this one: shared topics, section and age; never itself. */
  related(story: Story, count: number): Story[]
}
