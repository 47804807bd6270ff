export type LibraryTables = {
  copies: CopiesTable
  photos: PhotosTable
  photo_renditions: PhotoRenditionsTable
  sounds: SoundsTable
}

/** A file that somebody else holds and that we show from here. */
export type CopiesTable = {
  /** Its name in our addresses, made of the address it comes from. */
  name: string
  kind: 'picture' | 'audio'
  url: string
  /** Null until it has been fetched. */
  blob: string | null
  type: string | null
  bytes: number | null
  /** Pixels; null for sound, and where the file does not tell. */
  width: number | null
  height: number | null
  wanted_at: number
  fetched_at: number | null
}

/** Every photo there is, uploaded or sent by a wire. */
export type PhotosTable = {
  /** Its name in our addresses too: `p-…`, or the name of its copy, `w-…`. */
  id: string
  origin: 'upload' | 'wire'
  /** The file's name where it came from. */
  name: string
  /** The original, never shown as it is; null while a wire's has not been fetched. */
  blob: string | null
  type: string | null
  bytes: number | null
  /** Pixels, as it is seen upright. */
  width: number | null
  height: number | null
  /** Base64; '' when it is not known. */
  thumbhash: string
  /** Thousandths from the left and from the top. */
  focus_x: number
  focus_y: number
  caption: string
  alt: string
  photographer: string
  agency: string
  agency_url: string
  /** On what terms it may be shown; '' when nobody knows. */
  terms: string
  taken_at: number | null
  /** What is said of it, folded for searching. */
  words: string
  /** Counts its changes. */
  version: number
  made_at: number
  made_by: string
}

/** What has been made of a photo to be shown. */
export type PhotoRenditionsTable = { photo_id: string; name: string; blob: string; bytes: number; made_at: number }

/** A piece of sound that our people brought in. */
export type SoundsTable = {
  id: string
  /** The name it is served by. */
  file: string
  blob: string
  type: string
  bytes: number
  seconds: number
  title: string
  transcript: string
  at: number
  by: string
}
