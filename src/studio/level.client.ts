import { readingOf } from './level-meter.ts'
import type { Level } from './level-meter.ts'
import { meterOf } from './meter.client.ts'

const DRAW_MS = 100
/** With reduced motion a level steps, and words never change faster. */
const STEP_MS = 1000
/** A peak stays where it was for so long, ms. */
const HOLD_MS = 1500
const SILENCE: Level = { now: -60, peak: -60 }

/**
 * The level of what goes out, left and right, as this browser hears it: `<studio-level data-src data-name>`. It listens
 * along while it is shown, without a sound.
 */
export class StudioLevel extends HTMLElement {
  #audio: HTMLAudioElement | null = null
  #context: AudioContext | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #levels: [Level, Level] = [SILENCE, SILENCE]
  #heldAt: [number, number] = [0, 0]

  connectedCallback(): void {
    if (!this.querySelector('button')?.dataset['ready']) this.#offer()
  }

  disconnectedCallback(): void {
    // The board moves it into its newer self; only who is really gone stops listening.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop()
    })
  }

  #offer(words = ''): void {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button small'
    button.dataset['ready'] = 'yes'
    button.textContent = 'Show levels'
    button.setAttribute('aria-label', `Show levels of ${this.dataset['name'] ?? 'the stream'}`)
    button.addEventListener('click', () => void this.#start())
    const said = document.createElement('span')
    said.className = 'meta'
    said.textContent = words
    this.replaceChildren(button, said)
  }

  async #start(): Promise<void> {
    const audio = new Audio()
    audio.crossOrigin = 'anonymous'
    audio.src = addressOf(this.dataset['src'] ?? '')
    const context = new AudioContext()
    this.#audio = audio
    this.#context = context
    // Two channels, whatever the stream has: one is heard on both sides.
    const pair = new GainNode(context, {
      channelCount: 2,
      channelCountMode: 'explicit',
      channelInterpretation: 'speakers',
    })
    const splitter = context.createChannelSplitter(2)
    context.createMediaElementSource(audio).connect(pair).connect(splitter)
    const sides = [0, 1].map((channel) => {
      const analyser = context.createAnalyser()
      splitter.connect(analyser, channel)
      return analyser
    })
    audio.addEventListener('error', () => this.#fail())
    audio.addEventListener('ended', () => this.#fail())
    this.#frame()
    try {
      await Promise.all([context.resume(), audio.play()])
    } catch {
      return this.#fail()
    }
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    let saidAt = 0
    this.#timer = setInterval(
      () => {
        this.#measure(sides)
        this.#draw()
        if (performance.now() - saidAt >= STEP_MS) {
          saidAt = performance.now()
          this.querySelector('svg')?.setAttribute('aria-label', readingOf(this.#levels))
        }
      },
      isCalm ? STEP_MS : DRAW_MS,
    )
  }

  #measure(sides: AnalyserNode[]): void {
    const samples = new Float32Array(sides[0]?.fftSize ?? 2048)
    const now = performance.now()
    for (const [at, side] of sides.entries()) {
      side.getFloatTimeDomainData(samples)
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      const decibels = Math.max(-60, Math.min(0, 20 * Math.log10(loudest)))
      const before = this.#levels[at as 0 | 1]
      const isHeld = decibels < before.peak && now - (this.#heldAt[at] ?? 0) < HOLD_MS
      if (!isHeld) this.#heldAt[at as 0 | 1] = now
      this.#levels[at as 0 | 1] = { now: decibels, peak: isHeld ? before.peak : decibels }
    }
  }

  /** The meter's parts; only their widths and places change from now on. */
  #frame(): void {
    const stop = document.createElement('button')
    stop.type = 'button'
    stop.className = 'button small'
    stop.dataset['ready'] = 'yes'
    stop.textContent = 'Hide levels'
    stop.addEventListener('click', () => this.#stop())
    const scale = document.createElement('p')
    scale.className = 'db'
    scale.setAttribute('aria-hidden', 'true')
    for (const mark of ['−60', '−48', '−36', '−24', '−12', '0 dB']) {
      const span = document.createElement('span')
      span.textContent = mark
      scale.append(span)
    }
    this.replaceChildren(meterOf(this.#levels), scale, stop)
  }

  #draw(): void {
    this.querySelector('svg')?.replaceChildren(...meterOf(this.#levels).childNodes)
  }

  #fail(): void {
    this.#stop()
    this.#offer('This browser cannot hear the stream.')
  }

  #stop(): void {
    clearInterval(this.#timer)
    const audio = this.#audio
    this.#audio = null
    audio?.pause()
    audio?.removeAttribute('src')
    audio?.load()
    void this.#context?.close().catch(() => {})
    this.#context = null
    this.#levels = [SILENCE, SILENCE]
    this.#offer()
  }
}

/** `:8000/news.mp3` stands on the machine that this page came from. */
const addressOf = (src: string): string =>
  src.startsWith(':') ? `${location.protocol}//${location.hostname}${src}` : src
