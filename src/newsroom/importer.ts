import { isDeepStrictEqual } from 'node:util'
import type { Log } from '../base/log.ts'
import type { StoryEdit } from './edit.ts'
import type { StoryState } from './store.ts'
import { contentOf } from './shown.ts'
import type { Story } from './story.ts'

/** Who made what came out of the stories folder. */
export const FOLDER = 'folder'

export type ImportDeps = {
  edit: StoryEdit
  /** All stories of the folder, as read. */
  stories: readonly Story[]
  /** Ids of stories that once came from the folder. */
  known: readonly string[]
  /** Whether another story has this address. */
  isTaken: (path: string, id: string) => Promise<boolean>
  log: Log
}

/**
 * Brings the database to what the folder says: new files are filed and published, changed ones revise, deleted ones are
 * taken from the site. A story that a person or a wire has changed, or that was killed, is left alone.
 */
export const importStories = async ({ edit, stories, known, isTaken, log }: ImportDeps): Promise<void> => {
  for (const story of stories) {
    const state = await edit.state(story.id)
    if (state && isTouched(state)) continue
    if (await isTaken(story.path, story.id))
      log.warn('A story file is left out.', { file: story.id, reason: `another story has the address ${story.path}` })
    else await importStory(edit, story, state)
  }
  const there = new Set(stories.map(({ id }) => id))
  for (const id of known) {
    if (there.has(id)) continue
    const state = await edit.state(id)
    if (state && !isTouched(state) && state.takenDownBy === null) await edit.takeDown(id, 'Its file was deleted.')
  }
}

const isTouched = ({ madeBy, killed, heldBy, takenDownBy, spikedBy }: StoryState): boolean =>
  killed ||
  madeBy !== FOLDER ||
  heldBy !== null ||
  spikedBy !== null ||
  (takenDownBy !== null && takenDownBy !== FOLDER)

const importStory = async (edit: StoryEdit, story: Story, state: StoryState | null): Promise<void> => {
  const content = contentOf(story)
  const published = Date.parse(story.published)
  const updated = story.updated === null ? null : Date.parse(story.updated)
  const times = { from: published, published, updated }
  const { id, path } = story
  if (!state) await edit.file(content, { id })
  const isChanged = state && !isDeepStrictEqual(state.content, JSON.parse(JSON.stringify(content)))
  if (isChanged) await edit.revise(id, content)
  if (!state?.publication || isChanged || state.takenDownBy !== null) {
    await edit.publish(id, { ...times, path })
  } else if (path !== state.path || !isDeepStrictEqual(timesOf(state.publication), times)) {
    await edit.redate(id, { ...times, path })
  }
  await edit.setCorrections(id, story.corrections)
}

const timesOf = ({ from, published, updated }: NonNullable<StoryState['publication']>) => ({ from, published, updated })
