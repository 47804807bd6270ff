import { GroundwaveError } from '../base/errors.ts'
import { safeLink } from '../formats/news/safe-link.ts'
import type { LibraryPhoto, PhotoFields } from './photo-store.ts'
import type { PhotoWords } from './photo-words.ts'

/** Most characters of each. */
const LONGEST = { caption: 2_000, alt: 1_000, photographer: 300, agency: 300, agencyUrl: 1_000, terms: 300 } as const

/** What somebody wrote, without what is around it. Throws BAD_REQUEST for an address that is none. */
export const tidyFields = (fields: PhotoFields): PhotoFields => {
  const tidy = (name: keyof PhotoFields) =>
    fields[name].replace(/\s+/g, ' ').trim().slice(0, LONGEST[name]).toWellFormed()
  const agencyUrl = tidy('agencyUrl')
  if (agencyUrl && safeLink(agencyUrl) === null)
    throw new GroundwaveError('BAD_REQUEST', 'The agency’s page needs an address such as https://agency.example.')
  return {
    caption: tidy('caption'),
    alt: tidy('alt'),
    photographer: tidy('photographer'),
    agency: tidy('agency'),
    agencyUrl,
    terms: tidy('terms'),
  }
}

/** What is said on what terms our own photos may be shown. */
export const OURS = 'Ours'

/**
 * What is known of a photo when it comes. One whose file names nobody is taken to be our own work, and only its
 * photographer is to be named; one that names others has the terms its file tells, or none: then it waits for them.
 */
export const firstFields = (words: PhotoWords, station: string): PhotoFields => {
  const { caption, alt, photographer, agency, copyright, terms } = words
  const isOurs = [agency, copyright].every((text) => !text || text.toLowerCase().includes(station.toLowerCase()))
  return tidyFields({
    caption,
    alt,
    photographer,
    agency: agency || (isOurs ? station : copyright),
    agencyUrl: '',
    terms: terms || (isOurs ? OURS : ''),
  })
}

/** What keeps a photo from being shown. */
export type PhotoLack = 'file' | 'credit' | 'terms' | 'alt'

/** In the order in which they are to be mended. */
export const lacksOf = ({ file, origin, photographer, agency, terms, alt }: LibraryPhoto): PhotoLack[] => [
  ...(file ? [] : (['file'] as const)),
  ...(terms ? [] : (['terms'] as const)),
  // A wire may name only the agency; of our own we know who took it.
  ...(photographer || (agency && origin === 'wire') ? [] : (['credit'] as const)),
  ...(alt ? [] : (['alt'] as const)),
]
