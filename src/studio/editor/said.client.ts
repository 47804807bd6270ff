import { make, sign } from './make.client.ts'
import type { SaveState } from './save-queue.ts'
import type { Standing } from './shapes.ts'
import { Refusal } from './talk.client.ts'

/** `4:41:52 pm` in the station's zone. */
export const clockIn = (zone: string) => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hour: 'numeric',
      minute: '2-digit',
      hour12: true,
      ...options,
    })
    return (at: number) => made.format(at).replace(/\s*([AP])M$/i, (_, half: string) => ` ${half.toLowerCase()}m`)
  }
  return { seconds: format({ second: '2-digit' }), minutes: format({}) }
}

export type ClockWords = ReturnType<typeof clockIn>

/** Shows how it stands with what was typed. */
export const showSaved = (place: HTMLElement, state: SaveState, clock: ClockWords): void => {
  place.dataset['state'] = state.is
  switch (state.is) {
    case 'saved':
      return place.replaceChildren(...(state.at === null ? [] : [sign('check'), `Saved ${clock.seconds(state.at)}`]))
    case 'saving':
      return place.replaceChildren('Saving…')
    case 'unsaved':
      return place.replaceChildren(sign('warn'), `Not saved since ${clock.minutes(state.since)}, kept on this computer`)
  }
}

/** What is said beside it, when the house refused for a reason that time alone does not mend. */
export const whyUnsaved = (why: unknown): { words: string; way?: { words: string; href: string } } | null => {
  if (!(why instanceof Refusal)) return null
  if (why.status === 401) {
    const next = encodeURIComponent(location.pathname)
    return {
      words: 'You are signed out. Your text is kept on this computer and goes on when you are back.',
      way: { words: 'Sign in', href: `/studio/sign-in?next=${next}` },
    }
  }
  if (why.status >= 500 || why.status === 0) return null
  return { words: `${why.message} ${why.hint} Your text is kept on this computer.` }
}

type FaceDeps = {
  standing: Standing
  /** Whether this account may write here at all, and whether this window lost the pen to somebody. */
  writes: boolean
  onTake: () => void
  onHandOver: (window: string) => void
  clock: ClockWords
}

const face = (initials: string, more = '') => make('span', { class: `face${more}`, 'aria-hidden': 'true' }, initials)
const first = (name: string) => name.split(' ')[0] ?? name

/** Who writes, who reads, and what one may do about it. */
export const showFaces = (place: HTMLElement, { standing, writes, onTake, onHandOver, clock }: FaceDeps): void => {
  const { pen } = standing
  const readers = standing.readers.filter((reader) => !reader.mine)
  const names = [...new Set(readers.map(({ who }) => first(who.name)))]
  const reading = names.length > 0 ? ` ${list(names)} ${names.length === 1 ? 'is' : 'are'} reading.` : ''
  const button = (words: string, onclick: () => void) =>
    make('button', { class: 'button small', type: 'button', onclick }, words)
  const said = (bold: string, rest: string) => make('span', { class: 'meta' }, make('b', {}, bold), rest)
  const next = readers[0]
  if (pen?.mine)
    place.replaceChildren(
      face(pen.who.initials, ' writing'),
      said('You are writing.', reading),
      ...readers.slice(0, 3).map(({ who }) => face(who.initials)),
      ...(next ? [button(`Hand over to ${first(next.who.name)}`, () => onHandOver(next.window))] : []),
    )
  else if (pen) {
    const mine = standing.readers.find((reader) => reader.mine)?.who.id === pen.who.id
    const who = mine ? 'You are writing in another window.' : `${pen.who.name} is writing.`
    place.replaceChildren(
      face(pen.who.initials, ' writing'),
      said(who, ` Since ${clock.minutes(Date.parse(pen.since))}.`),
      ...(writes ? [button(mine ? 'Write here' : 'Take over', onTake)] : []),
    )
  } else
    place.replaceChildren(
      said(writes ? 'Nobody is writing.' : 'You can read this.', ''),
      ...(writes ? [button('Write here', onTake)] : []),
    )
}

const list = (names: string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
