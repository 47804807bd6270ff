import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import type { Account, OwnedVerb } from '../people/people.ts'
import type { Person, StudioDoor } from './door.ts'
import type { StudioDeps } from './studio-deps.ts'

/** Whether a story is somebody's own: they filed it, or stand in its byline. */
export const isOwn = ({ filedBy, content }: StoryState, { id, name }: Account): boolean =>
  filedBy === id || content.bylines.some((byline) => byline.name === name)

/** The story of the address, which this person may do this to. Throws STORY_UNKNOWN, NOT_ALLOWED. */
export const storyFor = async (
  { door, deps }: { door: StudioDoor; deps: StudioDeps },
  { person, context, verb }: { person: Person; context: Context; verb: OwnedVerb | 'story.see' | 'story.kill' },
): Promise<StoryState> => {
  const state = await deps.drafts.state(context.req.param('id') ?? '')
  if (!state) throw new GroundwaveError('STORY_UNKNOWN')
  if (verb !== 'story.see' && verb !== 'story.kill') door.allow(person, verb, { own: isOwn(state, person.account) })
  return state
}

/** What the desk calls it. */
export const deskName = ({ content }: StoryState): string => content.slug || content.headline || 'Untitled'
