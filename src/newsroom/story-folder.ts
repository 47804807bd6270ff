import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../base/log.ts'
import type { Story } from './story.ts'
import { readStory } from './story-file.ts'
import type { ReadStoryDeps } from './story-file.ts'

export type StoryFolderDeps = {
  /** The folder of the story files; it need not be there yet. */
  folder: string
  read: ReadStoryDeps
  log: Log
  /** Called with all there are, after the first reading and after each change; the next reading waits for it. */
  onChange: (stories: Story[]) => Promise<void>
}

type Kept = { signature: string; story: Story | null }

// Editors write a file in several strokes.
const settleMs = 150
// For folders that tell nothing (some network drives) or that were replaced under us.
const lookAgainMs = 15_000
const mostBytes = 2 * 1024 * 1024

/** Follows a folder of story files. A file that cannot be used is named in the log once, and the others go on. */
export class StoryFolder {
  readonly #deps: StoryFolderDeps
  #files = new Map<string, Kept>()
  #watcher: FSWatcher | null = null
  #settling: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #reading: Promise<void> = Promise.resolve()
  #isRead = false
  #stopped = false

  constructor(deps: StoryFolderDeps) {
    this.#deps = deps
  }

  /** Reads all there is, then follows changes. */
  async start(): Promise<void> {
    this.#readNext()
    await this.#reading
    this.#again = setInterval(() => this.#readNext(), lookAgainMs).unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#watcher?.close()
    clearTimeout(this.#settling)
    clearInterval(this.#again)
    await this.#reading
  }

  #watch() {
    if (this.#watcher || this.#stopped) return
    try {
      this.#watcher = watch(this.#deps.folder, { persistent: false }, () => this.#settle())
      this.#watcher.on('error', () => this.#unwatch())
    } catch {
      this.#unwatch() // not there yet, or no watches left: the regular look finds what changes
    }
  }

  #unwatch() {
    this.#watcher?.close()
    this.#watcher = null
  }

  #settle() {
    clearTimeout(this.#settling)
    if (!this.#stopped) this.#settling = setTimeout(() => this.#readNext(), settleMs)
  }

  // One reading after the other, so that an older look never overwrites a newer one.
  #readNext() {
    this.#watch()
    this.#reading = this.#reading
      .then(() => (this.#stopped ? undefined : this.#read()))
      .catch((error: unknown) => this.#deps.log.error('The stories could not be taken over.', { cause: String(error) }))
  }

  async #read(): Promise<void> {
    const before = this.#files
    const names = await this.#names()
    if (names === null) return
    this.#files = new Map(await Promise.all(names.map(async (name) => [name, await this.#readFile(name)] as const)))
    const changed =
      !this.#isRead ||
      names.length !== before.size ||
      names.some((name) => this.#files.get(name)?.story !== before.get(name)?.story)
    if (!changed) return
    await this.#deps.onChange(this.#unlike())
    this.#isRead = true
  }

  async #names(): Promise<string[] | null> {
    try {
      const names = await readdir(this.#deps.folder)
      return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      this.#deps.log.error('The stories cannot be looked at; those known stay.', { cause: String(error) })
      return null
    }
  }

  async #readFile(name: string): Promise<Kept> {
    const known = this.#files.get(name)
    try {
      const path = join(this.#deps.folder, name)
      const { size, mtimeMs, ino } = await stat(path)
      const signature = `${ino} ${size} ${mtimeMs}`
      if (known?.signature === signature) return known
      if (size > mostBytes) return this.#refuse(name, signature, 'it is larger than 2 MiB')
      const result = readStory(await readFile(path, 'utf8'), this.#deps.read)
      return 'story' in result ? { signature, story: result.story } : this.#refuse(name, signature, result.reason)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      return code === 'ENOENT' ? { signature: '', story: null } : this.#refuse(name, '', `it cannot be read (${code})`)
    }
  }

  /** What was good stays public while its file is broken, as half-way through saving; only deleting it takes it away. */
  #refuse(name: string, signature: string, reason: string): Kept {
    const story = this.#files.get(name)?.story ?? null
    if (this.#files.get(name)?.signature !== signature || signature !== '')
      this.#deps.log.warn(
        story ? 'A story file is broken; its last good version stays.' : 'A story file is left out.',
        { file: name, reason },
      )
    return { signature, story }
  }

  #unlike(): Story[] {
    const taken = new Map<string, string>()
    const stories: Story[] = []
    for (const [name, { story }] of this.#files) {
      if (!story) continue
      const twin = taken.get(story.id) ?? taken.get(story.path)
      if (twin) {
        this.#deps.log.warn('A story file is left out.', { file: name, reason: `${twin} has its id or its address` })
        continue
      }
      taken.set(story.id, name).set(story.path, name)
      stories.push(story)
    }
    return stories
  }
}
