export type HousesTables = {
  houses: HousesTable
  story_recalls: StoryRecallsTable
  story_confirmations: StoryConfirmationsTable
}

/** A house that is at work, or was. Times in it are the database's own, so that no two clocks are compared. */
export type HousesTable = {
  id: string
  /** For people: machine and process. */
  name: string
  started_at: number
  /** Until then it may show stories, and who recalls one waits for it. On SQLite there is one house, and no lease. */
  lease_until: number
}

/** A change after which something of a story must not be shown any more, of one event. */
export type StoryRecallsTable = {
  event_id: string
  story_id: string
  /** The event's: `story.killed`, `story.held` … */
  type: string
  /** By the database's clock. */
  at: number
}

/** A house that shows nothing any more of what was recalled. */
export type StoryConfirmationsTable = {
  event_id: string
  house_id: string
  house: string
  /** It has forgotten it, or its lease ran out, so that it must not show stories. */
  how: 'forgotten' | 'lapsed'
  /** By the database's clock. */
  at: number
}
