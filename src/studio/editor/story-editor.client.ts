import { showChecks } from './checks.client.ts'
import { Fields } from './fields.client.ts'
import { forgetText, keepText, sendKept } from './kept.client.ts'
import { focusPlace, placeInAddress } from './lack-place.client.ts'
import type { LackPlace } from './lack-place.client.ts'
import { part } from './make.client.ts'
import { endUnsavedNotice, showNotice, wordsOf } from './notice.client.ts'
import { partViews } from './parts.client.ts'
import { clockIn, showFaces, showSaved, whyUnsaved } from './said.client.ts'
import type { ClockWords } from './said.client.ts'
import { SaveQueue } from './save-queue.ts'
import type { SaveState } from './save-queue.ts'
import { Media } from './media.client.ts'
import type { Draft, OpenAnswer, Standing } from './shapes.ts'
import { Surface } from './surface.client.ts'
import { Refusal, talkAbout } from './talk.client.ts'
import type { Talk } from './talk.client.ts'
import { connectTools } from './tools.client.ts'
import { windowName } from './window-name.client.ts'

/** How often a window says that it is there, ms. The pen is free after 45 s. */
const HERE_MS = 5_000
/** How often who reads asks for what is being written, ms. */
const READING_MS = 2_500

/** The editor of one story in one window. */
export class StoryEditor extends HTMLElement {
  #talk!: Talk
  #window = ''
  #clock!: ClockWords
  #content!: OpenAnswer['content']
  #standing!: Standing
  #surface!: Surface
  #fields!: Fields
  #media!: Media
  #queue!: SaveQueue
  #showTools: () => void = () => {}
  #shown = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #draw = 0
  #gone = false
  #isVersioning = false

  connectedCallback(): void {
    this.#talk = talkAbout(this.dataset['story'] ?? '')
    this.#clock = clockIn(this.dataset['zone'] ?? 'UTC')
    void this.#start()
  }

  get #mayWrite(): boolean {
    return this.dataset['write'] === 'true'
  }

  get #writes(): boolean {
    return this.#mayWrite && this.#standing.pen?.mine === true
  }

  async #start(): Promise<void> {
    this.#window = await windowName()
    let opened: OpenAnswer
    try {
      if (this.#mayWrite) await this.#sendKept()
      opened = await this.#talk.open(this.#window)
    } catch (error) {
      return this.#cannotOpen(error)
    }
    this.#content = opened.content
    this.#standing = opened
    this.#build()
    await this.#enter(opened)
    const place = placeInAddress()
    if (place) this.#focusOn(place)
    window.addEventListener('pagehide', () => this.#part())
    window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
    window.addEventListener('online', () => void this.#queue.flush())
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void this.#queue.flush()
      else void this.#sayHere()
    })
    this.#later()
  }

  #sendKept(): Promise<void> {
    return sendKept(this.#talk, {
      story: this.dataset['story'] ?? '',
      account: this.dataset['account'] ?? '',
      window: this.#window,
    })
  }

  #cannotOpen(error: unknown): void {
    const words = wordsOf(error, 'The house does not answer. What was saved is safe.')
    showNotice(this, { words, way: { words: 'Try again', run: () => location.reload() }, tone: 'care' })
  }

  #build(): void {
    const place = part(this, 'body')
    place.replaceChildren()
    const content = () => this.#content
    const onChange = () => this.#changed()
    this.#media = new Media({
      root: this,
      content,
      surface: () => this.#surface,
      writes: () => this.#writes,
      onChange,
    })
    this.#surface = new Surface({
      place,
      nodeViews: partViews({
        content,
        onChange,
        thumb: (photo) => this.#media.thumb(photo),
        isOurs: () => this.#content.source === null,
      }),
      onChange,
      onMove: () => this.#showTools(),
      onSave: () => void this.#saveVersion(),
      onFiles: (files) => void this.#media.insertFiles(files),
      onNotes: (notes) => (part(this, 'said').textContent = notes.join(' ')),
    })
    this.#fields = new Fields({ root: this, content, onChange })
    this.#showTools = connectTools(this, this.#surface, {
      ...this.#media.tools,
      versions: () => void this.#goTo(`/studio/stories/${this.dataset['story']}/versions`),
    })
    for (const link of this.querySelectorAll<HTMLAnchorElement>('a[data-leads]'))
      link.addEventListener('click', (event) => {
        if (event.metaKey || event.ctrlKey || !this.#writes) return
        event.preventDefault()
        void this.#goTo(link.href)
      })
  }

  /** Shows what the house says this window is to show, and begins to keep what is typed from there. */
  async #enter(opened: OpenAnswer): Promise<void> {
    if (opened.apart) {
      // Its own text is in Versions; what is typed from now on must not take its place.
      this.#window = await windowName({ fresh: true })
      return this.#enter(await this.#talk.open(this.#window))
    }
    const { revision: base, sequence } = opened
    this.#queue?.stop()
    this.#content = opened.content
    this.#shown = opened.shown
    this.#queue = this.#newQueue(base, sequence)
    this.#show()
    this.#stand(opened)
    this.#saved(this.#queue.state)
  }

  #newQueue(base: number, sequence: number): SaveQueue {
    const [story, account, name] = [this.dataset['story'] ?? '', this.dataset['account'] ?? '', this.#window]
    return new SaveQueue(
      {
        send: async (batch) => {
          const answer = await this.#talk.save(name, batch)
          if (name === this.#window) this.#stand({ ...answer.standing, readers: this.#standing.readers })
          return answer
        },
        keep: (batch) => {
          if (!batch) forgetText({ story, window: name })
          else if (!keepText({ ...batch, story, account, window: name, at: Date.now() }))
            part(this, 'said').textContent =
              'This computer has no room to keep a copy; do not close the window before it says Saved.'
        },
        content: () => this.#draft(),
        onState: (state) => this.#saved(state),
      },
      { base, sequence },
    )
  }

  #draft(): Draft {
    const { source: _, place: __, ...draft } = this.#content
    return { ...draft, body: this.#surface.document() }
  }

  #show(): void {
    this.#fields.show()
    this.#surface.show(this.#content.body)
    this.#media.show()
    this.#check()
  }

  #changed(): void {
    if (!this.#writes) return
    this.#queue.changed()
    cancelAnimationFrame(this.#draw)
    this.#draw = requestAnimationFrame(() => this.#check())
  }

  #check(): void {
    const options = [...this.querySelectorAll<HTMLOptionElement>('[data-field="section"] option')]
    const sections = options.map(({ value }) => value).filter(Boolean)
    showChecks({ root: this, sections, goTo: (lack) => this.#focusOn(lack) }, this.#content, this.#surface.doc())
  }

  /** Who is here has changed, or only their being here. */
  #stand(standing: Standing): void {
    const had = this.#writes && this.#surface.view.editable
    this.#standing = standing
    const { pen } = standing
    showFaces(part(this, 'faces'), {
      standing,
      writes: this.#mayWrite,
      clock: this.#clock,
      onTake: () => void this.#take(),
      onHandOver: (to) => void this.#handOver(to),
    })
    const writes = this.#writes
    if (this.#surface.view.editable !== writes) {
      this.#surface.allow(writes)
      this.#surface.view.updateState(this.#surface.view.state)
      this.#fields.allow(writes)
      this.#media.show()
      this.querySelector<HTMLElement>('.tools')!.hidden = !writes
      this.#showTools()
    }
    if (had && !writes && pen) void this.#lost(pen.who.name)
    if (writes && standing.revision > this.#queue.base) void this.#movedOn()
  }

  /** Somebody took the pen: what was typed goes to the house as it is, and stays there in Versions. */
  async #lost(name: string): Promise<void> {
    await this.#queue.flush()
    showNotice(this, {
      words: `${name} took over; your text is in Versions.`,
      way: { words: 'See the versions', href: `/studio/stories/${this.dataset['story']}/versions` },
      tone: 'info',
    })
    if (!this.#queue.isOwing) await this.#reopen()
  }

  /** A revision came in from elsewhere while this window has the pen. */
  async #movedOn(): Promise<void> {
    if (this.#isVersioning || !(await this.#queue.flush())) return
    const opened = await this.#talk.open(this.#window).catch(() => null)
    if (!opened || this.#queue.isOwing || opened.revision <= this.#queue.base) return
    if (!opened.apart) return this.#enter(opened)
    const href = `/studio/stories/${this.dataset['story']}/copies/${this.#window}`
    showNotice(this, {
      words: `${opened.madeBy.name} made version ${opened.revision} while you wrote. Your text stands beside it; neither is lost.`,
      way: { words: 'See the difference', href },
      tone: 'care',
    })
  }

  async #reopen(): Promise<void> {
    const opened = await this.#talk.open(this.#window).catch(() => null)
    if (opened) await this.#enter(opened)
  }

  async #take(): Promise<void> {
    try {
      const opened = await (this.#standing.pen ? this.#talk.takeOver(this.#window) : this.#talk.open(this.#window))
      showNotice(this, null)
      await this.#enter(opened)
      this.#surface.view.focus()
    } catch (error) {
      showNotice(this, { words: wordsOf(error), tone: 'care' })
    }
  }

  async #handOver(to: string): Promise<void> {
    if (!(await this.#queue.flush())) return
    try {
      await this.#talk.handOver(this.#window, to)
      await this.#reopen()
    } catch (error) {
      showNotice(this, { words: wordsOf(error), tone: 'care' })
    }
  }

  #later(): void {
    clearTimeout(this.#timer)
    const isReading = !this.#writes && this.#standing.pen !== null && !document.hidden
    this.#timer = setTimeout(() => void this.#sayHere(), isReading ? READING_MS : HERE_MS)
  }

  async #sayHere(): Promise<void> {
    try {
      const { live, ...standing } = await this.#talk.here(this.#window, this.#shown)
      if (this.#gone) return
      const isBehind = !this.#writes && standing.revision !== this.#standing.revision && !live
      this.#stand(standing)
      if (live && !this.#writes) {
        this.#shown = live.sequence
        this.#content = { ...this.#content, ...live.content }
        this.#show()
      } else if (isBehind) await this.#reopen()
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.#sayWhy(error)
    }
    this.#later()
  }

  #saved(state: SaveState): void {
    showSaved(part(this, 'saved'), state, this.#clock)
    if (state.is === 'unsaved') this.#sayWhy(state.why)
    else endUnsavedNotice(this)
  }

  #sayWhy(why: unknown): void {
    const said = whyUnsaved(why)
    if (!said) return
    showNotice(this, { ...said, tone: 'care', isUnsaved: true })
  }

  /** Makes a version of what stands here. @returns whether there is one. */
  async #saveVersion(over?: number): Promise<boolean> {
    if (!(await this.#queue.flush())) {
      part(this, 'said').textContent = 'The house does not have your last words yet; it is tried again by itself.'
      return false
    }
    if (!this.#writes) return true
    this.#isVersioning = true
    try {
      const { revision } = await this.#talk.version(this.#window, over)
      this.#queue.base = revision
      part(this, 'said').textContent = `This is version ${revision} now.`
      return true
    } catch (error) {
      const isBehind = error instanceof Refusal && error.code === 'STORY_MOVED_ON'
      const href = `/studio/stories/${this.dataset['story']}/copies/${this.#window}`
      showNotice(this, {
        words: wordsOf(error),
        tone: 'care',
        ...(isBehind && { way: { words: 'See the difference', href } }),
      })
      return false
    } finally {
      this.#isVersioning = false
    }
  }

  /** Leaves for another page, with everything saved as a version first. */
  async #goTo(href: string): Promise<void> {
    if (await this.#saveVersion()) location.assign(href)
  }

  #part(): void {
    this.#gone = true
    clearTimeout(this.#timer)
    this.#talk.parting(this.#window, this.#queue.stop())
  }

  #focusOn(place: LackPlace): void {
    if (place.at === 'body') this.#surface.view.focus()
    else focusPlace(this, place)
  }
}

customElements.define('story-editor', StoryEditor)
