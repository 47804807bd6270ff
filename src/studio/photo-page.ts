import { lacksOf } from '../library/photos.ts'
import type { LibraryPhoto, PhotoFields, PhotoLack } from '../library/photos.ts'
import type { Focus } from '../library/rendition.ts'
import type { PhotoUse } from '../newsroom/newsroom.ts'
import { mayOn, may } from '../people/people.ts'
import type { Person } from './door.ts'
import { sizeInWords } from './photo-words.ts'
import type { StudioDeps } from './studio-deps.ts'
import type { StudioTimes } from './times.ts'

/** What somebody typed that has not been saved. */
export type Typed = PhotoFields & { focus: Focus }

export type PhotoPage = {
  photo: LibraryPhoto
  fields: Typed
  lacks: PhotoLack[]
  /** `JPEG, 4000 × 3000, 9.2 MB`, and whence and when. */
  facts: string[]
  /** Who brought it in: asked whether it was they who took it. */
  uploader: string | null
  isMine: boolean
  uses: PhotoUse[]
  history: { who: string; what: string; when: string; iso: string }[]
  mayEdit: boolean
  mayDelete: boolean
  saved: boolean
  /** Set when somebody else was faster: what they wrote where one has typed something else. */
  theirs: { name: string; value: string }[] | null
}

export const fieldNames: Record<keyof PhotoFields, string> = {
  caption: 'Caption',
  photographer: 'Photographer',
  agency: 'Agency',
  agencyUrl: 'The agency’s page',
  alt: 'For those who cannot see it',
  terms: 'Terms',
}

type Around = { person: Person; times: StudioTimes; saved?: boolean; typed?: Typed }

/** Load → present: everything that is known of one photo. */
export const presentPhoto = async (
  { photos, photoUses, people }: Pick<StudioDeps, 'photos' | 'photoUses' | 'people'>,
  photo: LibraryPhoto,
  { person, times, saved = false, typed }: Around,
): Promise<PhotoPage> => {
  const [uses, events] = await Promise.all([photoUses(photo.id), photos.history(photo.id)])
  const names = new Map<string, string>()
  for (const id of new Set([photo.madeBy, ...events.map(({ actor }) => actor)]))
    names.set(id, (await people.account(id))?.name ?? '')
  const { role, id } = person.account
  const fields = typed ?? { ...photo, focus: photo.focus }
  return {
    photo,
    fields,
    lacks: lacksOf(photo),
    facts: factsOf(photo, { times, uploader: names.get(photo.madeBy) ?? '' }),
    uploader: photo.origin === 'upload' ? names.get(photo.madeBy) || null : null,
    isMine: photo.madeBy === id,
    uses,
    history: events
      .filter(({ type }) => type === 'photo.changed')
      .toReversed()
      .slice(0, 8)
      .map(({ actor, at, data }) => ({
        who: names.get(actor) || actor,
        what: changeInWords(data),
        when: times.stamp(at),
        iso: times.iso(at),
      })),
    mayEdit: mayOn(role, 'photo.edit', { own: photo.madeBy === id }),
    mayDelete: may(role, 'photo.delete'),
    saved,
    theirs: typed ? theirsOf(photo, typed) : null,
  }
}

const names = Object.keys(fieldNames) as (keyof PhotoFields)[]

const theirsOf = (photo: LibraryPhoto, typed: Typed) =>
  names
    .filter((name) => photo[name] !== typed[name])
    .map((name) => ({ name: fieldNames[name], value: photo[name] || 'nothing' }))

const factsOf = (
  { file, origin, madeAt, takenAt }: LibraryPhoto,
  { times, uploader }: { times: StudioTimes; uploader: string },
): string[] => [
  ...(file
    ? [`${file.type.replace('image/', '').toUpperCase()}, ${file.width} × ${file.height}, ${sizeInWords(file.bytes)}`]
    : []),
  `${origin === 'wire' ? 'Came by wire' : uploader ? `Brought in by ${uploader}` : 'Brought in'} ${times.stamp(madeAt)}`,
  ...(takenAt === null ? [] : [`Taken ${times.stamp(takenAt)}`]),
]

const changeInWords = (data: Record<string, unknown>): string => {
  const changed = [
    ...names.filter((name) => name in data).map((name) => fieldNames[name]),
    ...('focus' in data ? ['Focus'] : []),
  ]
  return changed.length > 0 ? changed.join(', ') : 'Nothing'
}
