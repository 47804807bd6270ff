export type DraftTables = {
  story_copies: StoryCopiesTable
  story_pens: StoryPensTable
  story_visits: StoryVisitsTable
  story_version_reasons: StoryVersionReasonsTable
}

/** What one window has written, whole, as it was sent. One row for each window that ever wrote; none is deleted. */
export type StoryCopiesTable = {
  story_id: string
  /** Made by the browser; two windows of one person are two writers. */
  window_id: string
  account_id: string
  /** The revision it was written over. */
  base: number
  /** Counts up with each batch of the window; an older batch never overwrites a newer. */
  sequence: number
  /** The sequence that is in a revision already; a smaller one than `sequence` means text that stands only here. */
  kept_sequence: number
  /** JSON, also when it is not one of our contents: nothing typed is thrown away. */
  content: string
  saved_at: number
}

/** Who writes at a story. A pen that has been silent too long may be taken by anybody. */
export type StoryPensTable = { story_id: string; window_id: string; account_id: string; since: number; seen_at: number }

/** Who has the story open. */
export type StoryVisitsTable = { story_id: string; window_id: string; account_id: string; seen_at: number }

/** Why there is a revision, where it is worth saying: taken over, restored, published. */
export type StoryVersionReasonsTable = { story_id: string; number: number; reason: string }
