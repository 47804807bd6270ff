import { buttonFrom, setAttribute, setIcon } from './dom.client.ts'
import type { Radio } from './radio.client.ts'
import type { Track } from './radio-state.ts'

// Knobs stand anywhere on a page: `data-play-stream` for a stream, `data-play-audio` for the audio of a story.

const SELECTOR = '[data-play-stream], [data-play-audio]'

/** Links that play become buttons, so that they are announced and pressed as what they do. */
export const adoptKnobs = (root: ParentNode): void => {
  for (const link of root.querySelectorAll<HTMLAnchorElement>(`a:is(${SELECTOR})`)) {
    if (link.dataset.playAudio !== undefined) link.dataset.src = link.getAttribute('href') ?? ''
    if (link.closest('.say') === null) buttonFrom(link)
  }
}

/** One listener for every knob there is and will be. */
export const followKnobs = (radio: Radio): void => {
  document.addEventListener('click', (event) => {
    const knob = event.target instanceof Element ? event.target.closest<HTMLElement>(SELECTOR) : null
    if (!knob || event.defaultPrevented) return
    event.preventDefault()
    const { playStream } = knob.dataset
    if (playStream !== undefined) press(radio, playStream)
    else pressTrack(radio, trackOf(knob))
  })
}

/** Plays a stream, or stops it when it is the one that plays. */
export const press = (radio: Radio, name: string): void => {
  const { kind } = radio.state
  const isThis = radio.streamName === name && !radio.track
  if (isThis && (kind === 'live' || kind === 'buffering')) radio.stop()
  else if (isThis && (kind === 'error' || kind === 'offline')) radio.retry()
  else radio.play(name)
}

const pressTrack = (radio: Radio, track: Track) => {
  if (radio.track?.src === track.src) radio.toggleTrack()
  else radio.playTrack(track)
}

const trackOf = ({ dataset }: HTMLElement): Track => ({
  src: dataset.src ?? '',
  title: dataset.title ?? '',
  about: dataset.about ?? '',
  href: dataset.playAudio ?? '',
  seconds: Number(dataset.seconds ?? 0),
})

/** Shows on every knob whether its sound is the one that plays. */
export const drawKnobs = (radio: Radio): void => {
  const { kind } = radio.state
  const isLive = !radio.track && (kind === 'live' || kind === 'buffering')
  const isTrackOn = radio.state.kind === 'demand' && !radio.state.isPaused
  for (const knob of document.querySelectorAll<HTMLElement>(`button:is(${SELECTOR})`)) {
    const { playStream, src } = knob.dataset
    const isOn =
      playStream === undefined ? isTrackOn && radio.track?.src === src : isLive && radio.streamName === playStream
    setIcon(knob, isOn ? (playStream === undefined ? 'pause' : 'stop') : 'play')
    if (playStream === undefined) setAttribute(knob, 'aria-pressed', String(isOn))
    const label = knob.getAttribute('aria-label')
    if (label)
      setAttribute(
        knob,
        'aria-label',
        label.replace(/^(Play|Stop) /, isOn && playStream !== undefined ? 'Stop ' : 'Play '),
      )
    else drawWord(knob, isOn)
  }
}

/** A knob with a word in it: `Play Live Radio` ↔ `Stop`. */
const drawWord = (knob: HTMLElement, isOn: boolean) => {
  const text = knob.lastChild
  if (!(text instanceof Text) || text.data.trim() === '') return
  knob.dataset.word ??= text.data.trim()
  const word = isOn ? 'Stop' : knob.dataset.word
  if (text.data !== word) text.data = word
}
