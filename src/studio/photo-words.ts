import type { PhotoFilter, PhotoLack } from '../library/photos.ts'

/** Kinds a browser should offer: a phone that is asked for these makes a JPEG of what it keeps as HEIC. */
export const photoKinds = 'image/jpeg,image/png,image/webp,image/gif,image/avif,image/tiff'

/** `9.2 MB`, `340 KB` */
export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

export const filterNames: Record<PhotoFilter, string> = {
  newest: 'Newest',
  mine: 'Mine',
  uncredited: 'Missing a credit',
  unclear: 'Rights unclear',
  wire: 'Wire',
}

/** What is said where a filter finds nothing. */
export const filterEmpty: Record<PhotoFilter, string> = {
  newest:
    'No photos yet. Drop some anywhere on this page, or press Add photos. What their files say about them is read by itself.',
  mine: 'You have not brought in any photos yet. Drop some anywhere on this page.',
  uncredited: 'Every photo says who took it.',
  unclear: 'Of every photo we know on what terms it may be shown.',
  wire: 'No wire has sent a photo yet. They come by themselves, with the stories that show them.',
}

/** On a tile, where there is little room. */
export const lackShort: Partial<Record<PhotoLack, string>> = {
  file: 'Not here yet',
  terms: 'Not to be shown: terms unknown',
  credit: 'No photographer',
}

/** On the photo's own page: what it means. */
export const lackLong: Record<PhotoLack, string> = {
  file: 'Its file has not come yet. We ask for it again by ourselves.',
  terms: 'Cannot be shown until someone says on what terms.',
  credit: 'Cannot be shown until someone is credited.',
  alt: 'Says nothing yet to those who cannot see it.',
}

/** What people write most often as terms; any other sentence will do. */
export const usualTerms = [
  'Ours',
  'Given to us for this story',
  'Given to us for any use',
  'By contract with the agency',
  'Public domain',
]
