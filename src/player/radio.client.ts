import { backOff } from './back-off.ts'
import { attach, enginesFor, type Detach, type EngineName } from './engines.client.ts'
import type { NowStream } from './now.ts'
import type { RadioState, Track } from './radio-state.ts'

/** How long a stream may take to sound, and how long it may stand still, in milliseconds. */
const PATIENCE = 12_000
const STALL = 8000
/** Browsers that cannot play the segments of an HLS stream themselves do not say so: they wait. */
const NATIVE_HLS_PATIENCE = 6000
/** Breaks that are mended without a word about them. */
const SILENT_TRIES = 2

type RadioDeps = {
  audio: HTMLAudioElement
  stream: (name: string) => NowStream | null
  address: (path: string) => string
  /** Milliseconds since the Unix epoch by the station's clock. */
  now: () => number
  onChange: () => void
}

/** The one thing on the page that plays: a stream or the audio of a story, never both. */
export class Radio {
  state: RadioState = { kind: 'idle' }
  streamName: string | null = null
  track: Track | null = null
  /** After this track the radio goes on where it was: live. */
  isReturning = false
  /** The way in use, for those who look (tests, the engineer's console). */
  engine: EngineName | null = null

  readonly #deps: RadioDeps
  /** The way that each stream has sounded by. */
  readonly #worked = new Map<string, EngineName>()
  #detach: Detach | null = null
  #engines: EngineName[] = []
  #failures = 0
  #brokeAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #position = { at: 0, seen: 0 }

  constructor(deps: RadioDeps) {
    this.#deps = deps
    const { audio } = deps
    audio.addEventListener('playing', () => this.#sounds())
    audio.addEventListener('waiting', () => this.state.kind === 'live' && this.#set({ kind: 'buffering' }))
    audio.addEventListener('error', () => this.#breaks(audio.error?.code === 3 || audio.error?.code === 4))
    audio.addEventListener('ended', () => (this.track ? this.#trackEnds() : this.#breaks(false)))
    audio.addEventListener('pause', () => this.#pausedFromOutside())
    addEventListener('online', () => this.retry())
    addEventListener('offline', () => this.#wantsLive() && this.state.kind !== 'live' && this.#goOffline())
  }

  /** Plays a stream live; called by a press, so that the browser allows the sound. */
  play(name: string): void {
    this.#release()
    this.track = null
    this.streamName = name
    this.#failures = 0
    this.#engines = []
    this.#set({ kind: 'buffering' })
    this.#connect()
    this.#watch = setInterval(() => this.#checkMoving(), 1000)
  }

  playTrack(track: Track): void {
    this.isReturning = this.#wantsLive() || (this.track !== null && this.isReturning)
    this.#release()
    this.track = track
    const { audio } = this.#deps
    audio.src = track.src
    this.#detach = () => {
      audio.removeAttribute('src')
      audio.load()
    }
    this.#set({ kind: 'demand', isPaused: false })
    this.#start()
  }

  stop(): void {
    this.#release()
    this.track = null
    this.#set({ kind: 'idle' })
  }

  /** Pause and go on, for audio that can. */
  toggleTrack(): void {
    const { audio } = this.#deps
    if (audio.paused) this.#start()
    else audio.pause()
  }

  /** Now, instead of when the waiting is over. */
  retry(): void {
    if (this.state.kind !== 'error' && this.state.kind !== 'offline') return
    this.#set({ kind: 'buffering' })
    this.#connect()
  }

  #trackEnds() {
    if (this.isReturning && this.streamName) this.play(this.streamName)
    else this.stop()
  }

  #wantsLive() {
    return this.state.kind !== 'idle' && this.state.kind !== 'demand'
  }

  #connect() {
    clearTimeout(this.#timer)
    const { audio, stream, address } = this.#deps
    const found = stream(this.streamName ?? '')
    if (!found) return this.stop()
    if (this.#engines.length === 0) this.#engines = enginesFor(audio, found, this.#worked.get(found.name))
    const engine = this.#engines[0] ?? 'progressive'
    this.engine = engine
    this.#detach?.()
    // Each try has an address of its own: a broken connection's rest must not come out of a cache.
    const plain = `${address(found.mount)}?t=${Date.now().toString(36)}`
    this.#detach = attach(engine, audio, {
      plain,
      hls: address(found.hls ?? found.mount),
      onFailure: () => this.#breaks(true),
    })
    this.#position = { at: 0, seen: performance.now() }
    this.#start()
  }

  #start() {
    this.#deps.audio.play().catch((error: DOMException) => {
      // The browser wants a press first: nothing is broken, nothing plays.
      if (error.name === 'NotAllowedError') this.stop()
    })
  }

  #sounds() {
    clearTimeout(this.#timer)
    if (this.track) return this.#set({ kind: 'demand', isPaused: false })
    if (!this.#wantsLive()) return
    this.#failures = 0
    if (this.engine && this.streamName) this.#worked.set(this.streamName, this.engine)
    this.#set({ kind: 'live' })
  }

  /** `isUnplayable`: this way of playing may be at fault, not the line. */
  #breaks(isUnplayable: boolean) {
    clearTimeout(this.#timer)
    if (this.track) {
      this.track = null
      this.#release()
      return this.#set({ kind: 'error', since: this.#deps.now() })
    }
    if (!this.#wantsLive() || !this.#detach) return
    this.#detach()
    this.#detach = null
    if (!navigator.onLine) return this.#goOffline()
    if (this.#failures === 0) this.#brokeAt = this.#deps.now()
    this.#failures += 1
    const next = this.#engines.slice(1)
    const hasSounded = this.state.kind === 'live'
    if (isUnplayable && !hasSounded && next.length > 0) {
      this.#engines = next
      return this.#connect()
    }
    // All ways tried: from the first again, after a pause.
    if (!hasSounded) this.#engines = []
    this.#set(this.#failures > SILENT_TRIES ? { kind: 'error', since: this.#brokeAt } : { kind: 'buffering' })
    this.#timer = setTimeout(() => this.#connect(), backOff(this.#failures, Math.random()))
  }

  #goOffline() {
    clearTimeout(this.#timer)
    this.#set({ kind: 'offline', since: this.#deps.now() })
  }

  /** Sound that does not come, or does not move on, is a broken line that has not said so. */
  #checkMoving() {
    const { currentTime } = this.#deps.audio
    const now = performance.now()
    if (currentTime !== this.#position.at) this.#position = { at: currentTime, seen: now }
    else if (now - this.#position.seen > this.#patience()) this.#breaks(this.engine === 'hls')
  }

  #patience() {
    if (this.state.kind === 'live') return STALL
    return this.engine === 'hls' ? NATIVE_HLS_PATIENCE : PATIENCE
  }

  /** A pause we did not ask for (headphones pulled, a call): live radio has stopped, a story waits. */
  #pausedFromOutside() {
    if (this.track) this.#set({ kind: 'demand', isPaused: true })
    else if (this.state.kind === 'live' && this.#detach && !this.#deps.audio.ended) this.stop()
  }

  #release() {
    clearTimeout(this.#timer)
    clearInterval(this.#watch)
    const detach = this.#detach
    this.#detach = null
    detach?.()
    this.engine = null
  }

  #set(state: RadioState) {
    this.state = state
    this.#deps.onChange()
  }
}
