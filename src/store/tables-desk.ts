export type DeskTables = { derived_desk: DerivedDeskTable }

/** What the desk shows of a story, kept beside it: lists and counts need not put ten tables together. */
export type DerivedDeskTable = {
  story_id: string
  /** The newest of its revisions, publications, corrections and stops. */
  changed_at: number
  section: string
  slug: string
  headline: string
  /** JSON: names. */
  bylines: string
  /** Whose story it is, where it is not ours. */
  owner: string | null
  /** What is searched: slug, headline and names in small letters. */
  words: string
  filed_by: string
  made_by: string
  /** 0 none, 1 with its photographer, 2 without. */
  photo: number
  audio: number
  path: string | null
  corrected: number
  shown_from: number | null
  shown_until: number | null
  killed_by: string | null
  spiked_by: string | null
  held_by: string | null
  taken_down_by: string | null
  embargoed: number
  /** null with `embargoed`: one without an end. */
  embargo_until: number | null
}
