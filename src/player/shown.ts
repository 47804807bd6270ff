import type { NowAnswer, NowProgram, NowStream } from './now.ts'
import type { IconName } from './icons.ts'
import type { RadioState, Track } from './radio-state.ts'
import { playedOf, rulerOf, type Ruler } from './ruler.ts'
import { barLine, clockTime, nextLine, sentence, span, spanInWords, streamName } from './words.ts'

/** What the bar and the full screen show, in words: pure, so that every state can be tested without a browser. */
export type Shown = {
  state: RadioState['kind']
  knob: { icon: IconName; word: string; small: string; narrow: string; label: string }
  tally: { kind: '' | 'off' | 'late'; text: string }
  what: string
  who: string
  position: { label: string; ruler: Ruler; played: number; gone: string; total: string; inWords: string } | null
  /** What follows: under `Next Up, 6:30 pm`, or under another word. */
  next: { label: string; what: string } | null
  /** Instead of the programme, when there is trouble. */
  say: { head: string; text: string; link: { name: string; title: string } | null; rest: string } | null
  /** For those who listen to the page: said when it changes. */
  spoken: string
}

export type ShowProps = {
  state: RadioState
  stream: NowStream
  answer: NowAnswer
  track: Track | null
  /** Live radio goes on after the track. */
  isReturning: boolean
  /** Seconds into the track, and its length. */
  position: { at: number; length: number }
  /** Milliseconds since the Unix epoch. */
  now: number
}

const words: Record<RadioState['kind'], { icon: IconName; word: string }> = {
  idle: { icon: 'play', word: 'Play Live Radio' },
  buffering: { icon: 'stop', word: 'Connecting…' },
  live: { icon: 'stop', word: 'Stop' },
  error: { icon: 'retry', word: 'Try again' },
  offline: { icon: 'plug', word: 'Offline' },
  demand: { icon: 'pause', word: 'Pause' },
}

/** A stream that is not up cannot be live, whatever the line carries. */
const stateOf = ({ state, stream }: ShowProps): RadioState =>
  !stream.up && (state.kind === 'live' || state.kind === 'buffering' || state.kind === 'error')
    ? { kind: 'offline', since: Date.parse(stream.since) }
    : state

export const shownOf = (props: ShowProps): Shown => {
  const state = stateOf(props)
  if (state.kind === 'demand' && props.track) return shownTrack(props, props.track, state.isPaused)
  const { stream, answer } = props
  const { what, who } = barLine(stream)
  const { icon, word } = words[state.kind]
  const name = streamName(stream)
  const say = sayOf(props, state)
  return {
    state: state.kind,
    knob: {
      icon,
      word,
      small: state.kind === 'offline' ? (stream.up ? 'No connection' : 'Off the air') : name,
      narrow: state.kind === 'idle' ? `On now: ${what}` : name,
      label: state.kind === 'idle' ? `Play ${stream.title}` : word,
    },
    tally: tallyOf(state, stream),
    what,
    who,
    position: livePosition(props),
    next: stream.next && nextOf(stream.next, answer.zone),
    say,
    spoken: say?.head ?? spokenOf(state, stream),
  }
}

const nextOf = (next: NowProgram, zone: string) => {
  const { when, what } = nextLine(next, zone)
  return { label: `Next Up, ${when}`, what }
}

const tallyOf = ({ kind }: RadioState, { up }: NowStream): Shown['tally'] => {
  if (kind === 'live') return { kind: '', text: 'Live' }
  if (kind === 'buffering') return { kind: 'off', text: 'Joining the stream' }
  return up ? { kind: '', text: 'On air now' } : { kind: 'off', text: 'Off the air' }
}

const spokenOf = ({ kind }: RadioState, { title }: NowStream) =>
  kind === 'live' ? `Playing ${title} live.` : kind === 'buffering' ? `Connecting to ${title}.` : `${title} stopped.`

const livePosition = ({ stream, now }: ShowProps): Shown['position'] => {
  if (!stream.now) return null
  const start = Date.parse(stream.now.start)
  const length = Date.parse(stream.now.end) - start
  const gone = Math.min(length, Math.max(0, now - start))
  return positionOf(`Position in ${stream.now.title}`, gone, length)
}

const positionOf = (label: string, gone: number, length: number) => {
  const ruler = rulerOf(length)
  const inWords = `${spanInWords(gone)} of ${spanInWords(length)}`
  return { label, ruler, played: playedOf(ruler, gone), gone: span(gone), total: span(length), inWords }
}

const shownTrack = (
  { position: { at, length }, isReturning, stream }: ShowProps,
  track: Track,
  isPaused: boolean,
): Shown => {
  const word = isPaused ? 'Play' : 'Pause'
  return {
    state: 'demand',
    knob: {
      icon: isPaused ? 'play' : 'pause',
      word,
      small: 'On demand',
      narrow: 'On demand',
      label: `${word} ${track.title}`,
    },
    tally: { kind: 'off', text: track.about || 'Story' },
    what: track.title,
    who: '',
    position: positionOf('Position in this audio', at * 1000, (length || track.seconds) * 1000),
    next: isReturning
      ? { label: 'Then', what: 'Back to live radio' }
      : { label: stream.up ? 'On air now' : 'Scheduled now', what: barLine(stream).what },
    say: null,
    spoken: isPaused ? `${track.title} paused.` : `Playing ${track.title}.`,
  }
}

/** What happened, since when, whose fault it is, what happens next, what one can do. */
const sayOf = ({ stream, answer }: ShowProps, state: RadioState): Shown['say'] => {
  if (state.kind !== 'error' && state.kind !== 'offline') return null
  const since = clockTime(state.since, answer.zone)
  if (state.kind === 'offline' && stream.up) {
    return { head: 'You are offline.', text: 'We will go on when the connection is back.', link: null, rest: '' }
  }
  const other = answer.streams.find((candidate) => candidate.up && candidate.name !== stream.name)
  const radio = stream.label ? `tune to ${stream.label}` : 'try again in a minute'
  const why = 'It is our fault, not yours; it goes on by itself as soon as it can.'
  return {
    head: stream.up ? `This stream stopped at ${since}.` : `${stream.title} has been off the air since ${since}.`,
    text: `${why} Meanwhile, `,
    link: other ? { name: other.name, title: `play ${other.title}` } : null,
    rest: sentence(other ? ` or ${radio}` : radio),
  }
}
