import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { checkContent } from '../newsroom/content-check.ts'
import { differenceOf } from '../newsroom/difference.ts'
import { mayOn } from '../people/people.ts'
import type { StudioDoor } from './door.ts'
import { deskName, isOwn, storyFor } from './editor-story.ts'
import { readForm } from './forms.ts'
import { stationTimes } from './frame.ts'
import { namer } from './standing.ts'
import type { StudioDeps } from './studio-deps.ts'
import { copyView, versionsView, versionView } from './versions.view.ts'

/** All that a story has said: each version, what changed in it, and the way back to it. */
export const versionRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { drafts, config, clock } = deps
  const times = stationTimes(config.station.zone)
  const at = '/studio/stories/:id' as const
  const when = (moment: number) => times.brief(moment, clock.now())

  door.get(`${at}/versions`, 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const { revisions, copies } = await drafts.versions(state.id)
    const name = namer(deps)
    const shown = state.publication?.revision
    const rows = await Promise.all(
      revisions.map(async ({ number, by, at: moment, reason }) => ({
        number,
        who: (await name(by)).name,
        at: moment,
        when: when(moment),
        reason,
        isPublic: number === shown,
      })),
    )
    const loose = await Promise.all(
      copies.map(async ({ window, account, savedAt, base }) => ({
        window,
        who: (await name(account)).name,
        when: when(savedAt),
        base,
      })),
    )
    return door.page(person, context, { title: `Versions of ${deskName(state)}` }, versionsView({ state, rows, loose }))
  })

  door.get(`${at}/versions/:number`, 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const number = numberOf(context)
    const content = await drafts.content(state.id, number)
    if (!content) throw new GroundwaveError('VERSION_UNKNOWN')
    const isToNewest = context.req.query('with') === 'newest' && number < state.revision
    const before = isToNewest ? content : number > 1 ? await drafts.content(state.id, number - 1) : null
    const after = isToNewest ? state.content : content
    const { revisions } = await drafts.versions(state.id)
    const row = revisions.find((one) => one.number === number)
    const props = {
      state,
      number,
      isToNewest,
      who: (await namer(deps)(row?.by ?? '')).name,
      when: when(row?.at ?? 0),
      content,
      difference: before && differenceOf(before, after),
      mayRestore:
        number < state.revision &&
        !state.killed &&
        mayOn(person.account.role, 'story.write', { own: isOwn(state, person.account) }),
    }
    return door.page(person, context, { title: `Version ${number} of ${deskName(state)}` }, versionView(props))
  })

  door.post(`${at}/versions/:number/restore`, 'story.write', async (person, context) => {
    const { id } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    await drafts.restore({ id, account: person.account.id, from: { number: numberOf(context) } })
    return context.redirect(`/studio/stories/${id}?done=restored`, 303)
  })

  /** What a window wrote and no version has, beside the newest version. */
  door.get(`${at}/copies/:window`, 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const copy = await drafts.copy(state.id, context.req.param('window'))
    if (!copy) throw new GroundwaveError('VERSION_UNKNOWN')
    const checked = checkContent(copy.content)
    const props = {
      state,
      window: copy.window,
      who: (await namer(deps)(copy.account)).name,
      when: when(copy.savedAt),
      base: copy.base,
      difference: 'content' in checked ? differenceOf(state.content, checked.content) : null,
      problems: 'problems' in checked ? checked.problems : [],
      raw: 'problems' in checked ? JSON.stringify(copy.content, null, 2) : '',
      mayRestore: !state.killed && mayOn(person.account.role, 'story.write', { own: isOwn(state, person.account) }),
    }
    return door.page(person, context, { title: `${props.who}’s text, ${deskName(state)}` }, copyView(props))
  })

  door.post(`${at}/copies/:window/restore`, 'story.write', async (person, context) => {
    const form = await readForm(context)
    const { id, revision } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    // Somebody made another version between the look and the press: it must be looked at too.
    if (Number(form.text('revision')) !== revision)
      throw new GroundwaveError('STORY_MOVED_ON', `It is at version ${revision} now.`)
    await drafts.restore({ id, account: person.account.id, from: { window: context.req.param('window') } })
    return context.redirect(`/studio/stories/${id}?done=restored`, 303)
  })
}

const numberOf = (context: Context): number => {
  const text = context.req.param('number') ?? ''
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new GroundwaveError('VERSION_UNKNOWN')
  return Number(text)
}
