export type NewsroomTables = {
  stories: StoriesTable
  story_revisions: StoryRevisionsTable
  story_publications: StoryPublicationsTable
  story_corrections: StoryCorrectionsTable
  story_kills: StoryKillsTable
  story_takedowns: StoryTakedownsTable
  story_holds: StoryHoldsTable
  story_embargoes: StoryEmbargoesTable
  story_photos: StoryPhotosTable
  story_spikes: StorySpikesTable
}

export type StoriesTable = {
  id: string
  /** `/<section>/<yyyy-mm-dd>/<path-name>`, from the first publication on; unique. */
  path: string | null
  made_at: number
  made_by: string
}

/** What a story says, whole, once for each time somebody changed it. Never changed. */
export type StoryRevisionsTable = {
  story_id: string
  /** 1, 2, 3 … */
  number: number
  section: string
  headline: string
  dek: string
  /** JSON: the blocks. */
  body: string
  /** JSON: bylines, photo, audio, topics, source and the like. */
  parts: string
  made_at: number
  /** An account's id, `wire` or `folder`. */
  made_by: string
}

/** Which revision the public is shown, and when. One that has ended says nothing any more. */
export type StoryPublicationsTable = {
  id: string
  story_id: string
  revision: number
  /** Shown from this moment on, in the future for a scheduled one. */
  from_at: number
  /** Not shown from this moment on. */
  until_at: number | null
  /** What readers are told as "Published" and "Updated". */
  published_at: number
  updated_at: number | null
  at: number
  by: string
  ended_at: number | null
}

export type StoryCorrectionsTable = {
  id: string
  story_id: string
  /** What readers are told as its moment. */
  at: number
  text: string
  made_at: number
  by: string
}

/** For ever: a killed story does not come back. */
export type StoryKillsTable = {
  story_id: string
  at: number
  by: string
  /** For the staff. */
  reason: string
  /** For readers who come to its address; '' when there is nothing to say. */
  note: string
}

/** A row while the story is taken from the site, without error. */
export type StoryTakedownsTable = { story_id: string; at: number; by: string; reason: string }

/** A row while the story must not go out, ours or the source's (withheld). */
export type StoryHoldsTable = { story_id: string; at: number; by: string; reason: string }

/** A row while the story is thrown away: off the desk and off the site, but kept. */
export type StorySpikesTable = { story_id: string; at: number; by: string; reason: string }

/** A row while there is an embargo; `until_at` null is one without an end. */
export type StoryEmbargoesTable = { story_id: string; until_at: number | null; at: number; by: string }

/** Which photos a revision shows: what the library asks for to tell where one is used. */
export type StoryPhotosTable = { /** Its file's name. */ photo_id: string; story_id: string; revision: number }
