import { drawBar, drawDrawer } from './bar.client.ts'
import { drawCutRuler } from './cut-ruler.client.ts'
import { followEvents } from './events.client.ts'
import { drawKnobs, followKnobs, press } from './knobs.client.ts'
import { drawListen } from './listen.client.ts'
import { createListenTools } from './listen-tools.client.ts'
import { drawNeedles, followLiveParts } from './live-parts.client.ts'
import { drawMediaSession, followMediaKeys } from './media-session.client.ts'
import { leavePlaying, rememberedStream, rememberStream, takePlaying } from './memory.client.ts'
import type { NowAnswer, NowStream } from './now.ts'
import { adoptPage } from './page-tools.client.ts'
import { Radio } from './radio.client.ts'
import { shownOf } from './shown.ts'
import { createStore, type Store } from './store.client.ts'
import { createStoryWatch } from './story-watch.client.ts'
import { addVolume } from './volume.client.ts'
import { followWalks } from './walk.client.ts'
import { clockTime } from './words.ts'

/** The player around the bar that the server sent. It outlives every page it stands on. */
export class GwPlayer extends HTMLElement {
  #audio = document.createElement('audio')
  #bar: HTMLElement | null = null
  #store: Store | null = null
  #radio: Radio | null = null
  #events: { check(): void } | null = null
  #spoken = ''
  #slow: ReturnType<typeof setTimeout> | undefined
  #tools = createListenTools({ stop: () => this.#radio?.stop(), say: (text) => this.#speak(text) })

  /** For tests and for the engineer's console: how the sound comes in. */
  get engine(): string | null {
    return this.#radio?.engine ?? null
  }

  connectedCallback(): void {
    const data = this.querySelector('script')?.textContent
    this.#bar = this.querySelector('.player')
    if (!data || !this.#bar || this.#store) return
    this.append(this.#audio)
    const store = createStore(JSON.parse(data) as NowAnswer, this.dataset.air ?? '')
    this.#store = store
    this.#radio = new Radio({
      audio: this.#audio,
      stream: (name) => store.stream(name),
      address: (path) => store.address(path),
      now: () => store.now(),
      onChange: () => this.#changed(),
    })
    this.#radio.streamName = this.#firstStream(store)
    this.#adopt(this.#bar)
    this.#follow(store, this.#radio)
    this.#changed()
    const playing = takePlaying()
    if (playing) this.#radio.play(playing)
  }

  #firstStream(store: Store) {
    const remembered = rememberedStream()
    return store.stream(remembered) ? remembered : (store.answer().streams[0]?.name ?? null)
  }

  #adopt(bar: HTMLElement) {
    adoptPage()
    addVolume(bar.querySelector('.drawer'), this.#audio)
  }

  #follow(store: Store, radio: Radio) {
    this.#events = followEvents(store, {
      isPlaying: () => radio.state.kind === 'live',
      onStories: createStoryWatch(store),
    })
    store.onChange(() => this.#airChanged())
    followKnobs(radio)
    followLiveParts(store, () => drawKnobs(radio))
    followMediaKeys({ play: () => this.#playKey(), pause: () => this.#pauseKey(), seekBy: (by) => this.#seekBy(by) })
    followWalks({ player: this, onArrival: () => this.#arrived() })
    document.addEventListener('click', (event) => this.#clicked(event))
    this.addEventListener('keydown', (event) => this.#key(event))
    document.addEventListener('input', (event) => this.#moved(event))
    document.addEventListener('change', () => this.#draw())
    addEventListener('pagehide', () => {
      if (radio.state.kind === 'live' && radio.streamName) leavePlaying(radio.streamName)
    })
    this.#audio.addEventListener('timeupdate', () => radio.track && this.#draw())
    setInterval(() => this.#draw(), 1000)
    setInterval(() => drawNeedles(store.now(), (at) => clockTime(at, store.answer().zone).replace(/ [ap]m$/, '')), 5000)
  }

  #stream(): NowStream | null {
    return this.#store?.stream(this.#radio?.streamName ?? null) ?? this.#store?.answer().streams[0] ?? null
  }

  /** What plays has changed. */
  #changed() {
    const radio = this.#radio
    if (!radio) return
    if (radio.streamName && radio.state.kind === 'live') rememberStream(radio.streamName)
    this.#events?.check()
    clearTimeout(this.#slow)
    this.#bar?.removeAttribute('data-slow')
    // The word changes at once; the ring turns only if it takes longer.
    if (radio.state.kind === 'buffering') this.#slow = setTimeout(() => this.#bar?.setAttribute('data-slow', ''), 300)
    this.#draw()
    drawKnobs(radio)
  }

  /** What is on has changed. */
  #airChanged() {
    if (this.#stream()?.up) this.#radio?.retry()
    this.#draw()
  }

  #arrived() {
    adoptPage()
    if (this.#radio) drawKnobs(this.#radio)
    this.#draw()
  }

  #draw() {
    const [store, radio, bar, stream] = [this.#store, this.#radio, this.#bar, this.#stream()]
    if (!store || !radio || !bar || !stream) return
    const answer = store.answer()
    const position = { at: this.#audio.currentTime, length: radio.track ? this.#length(radio.track.seconds) : 0 }
    const shown = shownOf({
      state: radio.state,
      stream,
      answer,
      track: radio.track,
      isReturning: radio.isReturning,
      position,
      now: store.now(),
    })
    drawBar(bar, shown)
    drawDrawer(bar, answer, stream.name)
    drawListen(shown, stream, answer)
    drawCutRuler(radio.track, position)
    drawMediaSession(radio, stream, document.querySelector('.name')?.textContent.trim() ?? '')
    if (shown.spoken !== this.#spoken && (this.#spoken !== '' || radio.state.kind !== 'idle')) this.#speak(shown.spoken)
    this.#spoken = shown.spoken
  }

  #length(announced: number) {
    const { duration } = this.#audio
    return Number.isFinite(duration) && duration > 0 ? duration : announced
  }

  #speak(text: string) {
    const status = this.querySelector('.say-live')
    if (status) status.textContent = text
  }

  #clicked(event: MouseEvent) {
    const control =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do], [data-choose]') : null
    if (!control) return
    const { do: action, choose } = control.dataset
    if (choose !== undefined) this.#choose(choose)
    if (action === 'play') this.#pressMain()
    if (action === 'back') this.#seekBy(-15)
    if (action === 'forward') this.#seekBy(30)
    if (action === 'live') this.#radio?.play(this.#stream()?.name ?? '')
    if (action === 'share') void this.#tools.share()
    if (action === 'print') globalThis.print()
    if (action === 'sleep') this.#tools.sleep()
    if (action !== undefined) event.preventDefault()
  }

  #pressMain() {
    const radio = this.#radio
    if (radio?.track) radio.toggleTrack()
    else if (radio) press(radio, this.#stream()?.name ?? '')
  }

  /** Another stream on the full screen: heard at once when something plays, else only shown. */
  #choose(name: string) {
    const radio = this.#radio
    if (!radio) return
    rememberStream(name)
    if (radio.state.kind === 'idle') {
      radio.streamName = name
      this.#draw()
    } else if (radio.streamName !== name || radio.track) radio.play(name)
  }

  #playKey() {
    const radio = this.#radio
    if (radio?.track) radio.toggleTrack()
    else if (radio?.state.kind !== 'live') radio?.play(this.#stream()?.name ?? '')
  }

  #pauseKey() {
    if (this.#radio?.track) this.#audio.pause()
    else this.#radio?.stop()
  }

  #seekBy(seconds: number) {
    if (!this.#radio?.track) return
    const { currentTime } = this.#audio
    this.#audio.currentTime = Math.min(this.#length(0), Math.max(0, currentTime + seconds))
    this.#draw()
  }

  /** The thumb of a position that can be moved. */
  #moved(event: Event) {
    const input = event.target
    if (!(input instanceof HTMLInputElement) || !input.closest('.scrub') || !this.#radio?.track) return
    this.#audio.currentTime = Math.min(this.#length(0), Number(input.value) * 60)
  }

  /** Keys work while the focus is in the player (WCAG 2.1.4). */
  #key(event: KeyboardEvent) {
    const drawer = this.querySelector<HTMLDetailsElement>('.streams')
    if (event.key === 'Escape' && drawer?.open) {
      drawer.open = false
      drawer.querySelector('summary')?.focus()
    }
    if (event.key === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey) this.#audio.muted = !this.#audio.muted
  }
}
