import type { NewsItem } from '../formats/news/news-item.ts'
import type { StoryEdit } from '../newsroom/newsroom.ts'
import type { Tx } from '../store/store.ts'
import type { Plan } from './decide.ts'
import type { Routing } from './routing.ts'
import { toStory } from './to-story.ts'
import type { WireDeps } from './wire.ts'

export type CarryDeps = Pick<WireDeps, 'copies'> & { edit: StoryEdit; tx: Tx; now: number }
export type Order = { item: NewsItem; plan: Plan; storyId: string | null; routing: Routing }

/** What readers are told of a story that its source has withdrawn. */
const NOTE = 'Its source has withdrawn it.'

/** The item's story; `path` where it was just published. */
export type Carried = { storyId: string | null; path?: string }

/** Does what the plan says. */
export const carryOut = async (deps: CarryDeps, { item, plan, storyId, routing }: Order): Promise<Carried> => {
  const { edit, tx, copies, now } = deps
  const { action } = plan
  if (action === null) return { storyId }
  if (action === 'recall' || action === 'hold') {
    if (!storyId) return { storyId }
    const reason = plan.reasons[0] ?? ''
    await (action === 'recall' ? edit.kill(storyId, { reason, note: NOTE }) : edit.hold(storyId, reason))
    return { storyId }
  }
  const { content, wanted } = toStory(item, routing)
  const id = storyId ?? (await edit.file(content))
  if (storyId) {
    // What is ours of it stays: its place on the front, what the desk calls it, what the staff notes.
    const { place, slug, notes } = (await edit.state(storyId))?.content ?? content
    await edit.revise(storyId, { ...content, place, slug, notes })
  }
  await copies.want(tx, wanted)
  const isNew = storyId === null
  const corrections = item.corrections.map(({ at, text }) => ({ at, text }))
  if (!isNew || corrections.length > 0) await edit.setCorrections(id, corrections)
  if (!isNew || item.embargoUntil !== null) await setEmbargo(edit, { id, embargo: item.embargoUntil, now })
  if (action === 'file and hold') await edit.hold(id, plan.reasons[0] ?? '')
  // What only the source held is free again with a version that may be shown.
  else if (!isNew && !routing.hold && (await edit.state(id))?.heldBy === 'wire') await edit.release(id)
  if (!plan.publish) return { storyId: id }
  return { storyId: id, path: await edit.publish(id, timesOf(item, { now, expire: routing.expire })) }
}

type Embargo = { id: string; embargo: string | null; now: number }

const setEmbargo = async (edit: StoryEdit, { id, embargo, now }: Embargo): Promise<void> => {
  const until = embargo === null || embargo === 'open' ? null : Date.parse(embargo)
  if (embargo !== null && (until === null || until > now)) await edit.embargo(id, until)
  else await edit.liftEmbargo(id)
}

/** When it is shown, and what readers are told; it ends with the source's time or ours, whichever is over first. */
export const timesOf = (
  { published, updated, expires }: NewsItem,
  { now, expire }: { now: number; expire: number | null },
) => {
  const first = published === null ? undefined : Date.parse(published)
  const last = updated === null ? null : Date.parse(updated)
  const ends = [expires === null ? null : Date.parse(expires), expire === null ? null : (first ?? now) + expire]
  const until = Math.min(...ends.map((end) => end ?? Number.POSITIVE_INFINITY))
  return {
    from: Math.max(now, first ?? now),
    until: Number.isFinite(until) ? until : null,
    ...(first !== undefined && { published: first }),
    updated: last !== null && last > (first ?? 0) ? last : null,
  }
}
