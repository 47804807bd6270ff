export type SearchTables = {
  derived_story_terms: DerivedStoryTermsTable
  derived_search: DerivedSearchTable
}

/** The weightiest terms of a public story, and that its words are in the index of the search. */
export type DerivedStoryTermsTable = {
  story_id: string
  /** What was read. */
  revision: number
  /** Of the program that read it. */
  version: number
  /** A line each: amount, `*` for one of the headline or else a space, term. */
  terms: string
}

/** The words of a public story, as the search finds and shows them. Each engine keeps an index of its own beside it. */
export type DerivedSearchTable = {
  /** Counts up. */
  id: number
  story_id: string
  published: number
  headline: string
  dek: string
  /** Names of those who wrote it. */
  people: string
  body: string
  /** Words made of section, topics and authors, by which a search is narrowed. */
  tags: string
  /** PostgreSQL only. */
  words?: string
}
