import { lacksOf, photoFilters } from '../library/photos.ts'
import type { Cursor, LibraryPhoto, PhotoFilter, PhotoLack, Photos } from '../library/photos.ts'

export type Tile = {
  id: string
  href: string
  /** Null while the file has not come. */
  src: string | null
  /** Base64 of a ThumbHash, shown until the photo has come; '' without one. */
  idea: string
  alt: string
  title: string
  photographer: string
  agency: string
  /** What agencies ask for; not told for our own. */
  terms: string
  lacks: PhotoLack[]
  current: boolean
}

export type PhotoList = {
  q: string
  filter: PhotoFilter
  counts: Record<PhotoFilter, number>
  tiles: Tile[]
  /** Address of the list behind these. */
  older: string | null
  /** Address of a filter. */
  hrefOf: (filter: PhotoFilter) => string
}

export type Asked = { q: string; filter: PhotoFilter; after: Cursor | null }

const AT_ONCE = 48

/** What a request asks the library for; nothing of it can be wrong. */
export const readAsked = (query: (name: string) => string | undefined): Asked => {
  const filter = photoFilters.find((one) => one === query('show')) ?? 'newest'
  const [, madeAt, id] = /^(\d{1,15})\.([\w-]{1,60})$/.exec(query('after') ?? '') ?? []
  return {
    q: (query('q') ?? '').trim().slice(0, 200),
    filter,
    after: madeAt && id ? { madeAt: Number(madeAt), id } : null,
  }
}

/** A page of photos, and the cursor of the next; null when these are the last. */
export const loadPhotos = async (
  photos: Photos,
  { q, filter, after }: Asked,
  by: string,
): Promise<{ found: LibraryPhoto[]; next: string | null }> => {
  const found = await photos.search({ q, filter, by, limit: AT_ONCE + 1, ...(after && { after }) })
  const last = found.length > AT_ONCE ? found[AT_ONCE - 1] : undefined
  return { found: found.slice(0, AT_ONCE), next: last ? `${last.madeAt}.${last.id}` : null }
}

/** Load → present: the library as one person sees it. */
export const presentPhotos = async (
  photos: Photos,
  asked: Asked,
  { by, current }: { by: string; current?: string },
): Promise<PhotoList> => {
  const [{ found, next }, counts] = await Promise.all([loadPhotos(photos, asked, by), photos.counts(by)])
  const around = { ...(asked.q && { q: asked.q }), ...(asked.filter !== 'newest' && { show: asked.filter }) }
  return {
    q: asked.q,
    filter: asked.filter,
    counts,
    tiles: found.map((photo) => tileOf(photo, { around, isCurrent: photo.id === current })),
    older: next ? address('/studio/photos', { ...around, after: next }) : null,
    hrefOf: (filter) =>
      address('/studio/photos', { ...(asked.q && { q: asked.q }), ...(filter !== 'newest' && { show: filter }) }),
  }
}

const tileOf = (
  photo: LibraryPhoto,
  { around, isCurrent }: { around: Record<string, string>; isCurrent: boolean },
): Tile => ({
  id: photo.id,
  href: address(`/studio/photos/${photo.id}`, around),
  src: photo.file && thumbOf(photo.id),
  idea: photo.thumbhash,
  alt: photo.alt || photo.caption || photo.name,
  title: photo.caption || photo.name,
  photographer: photo.photographer,
  agency: photo.agency,
  terms: photo.terms === 'Ours' || photo.origin === 'wire' ? '' : photo.terms,
  lacks: lacksOf(photo),
  current: isCurrent,
})

export const thumbOf = (id: string): string => `/pictures/${id}/3x2-640.webp`

const address = (path: string, query: Record<string, string>): string => {
  const text = new URLSearchParams(query).toString()
  return text ? `${path}?${text}` : path
}

/** A photo as the editor's picker gets it: what a story keeps of it, and how it looks. */
export const pickOf = (photo: LibraryPhoto) => ({
  id: photo.id,
  file: photo.id,
  alt: photo.alt,
  caption: photo.caption,
  photographer: photo.photographer,
  agency: photo.agency,
  agencyUrl: photo.agencyUrl,
  terms: photo.terms,
  width: photo.file?.width ?? 0,
  height: photo.file?.height ?? 0,
  focus: photo.focus,
  thumb: thumbOf(photo.id),
  /** Base64 of a ThumbHash. */
  thumbhash: photo.thumbhash,
  lacks: lacksOf(photo),
  version: photo.version,
})
