import { GroundwaveError } from '../base/errors.ts'
import type { StudioDoor } from './door.ts'
import { deskName, storyFor } from './editor-story.ts'
import { stationTimes } from './frame.ts'
import { lookFor } from './kill-check.ts'
import { killPageView } from './kill-page.view.ts'
import { accountNames } from './names.ts'
import type { StudioDeps } from './studio-deps.ts'

/** The proof that a kill is complete: for everybody on the staff, because somebody will ask them. */
export const killPageRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  door.get('/studio/stories/:id/kill', 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const proof = await deps.newsroom.killProof(state.id)
    if (!proof) throw new GroundwaveError('STORY_NOT_KILLED')
    const name = state.content.headline || deskName(state)
    const by = (await accountNames(deps.people))(proof.by)
    const times = stationTimes(deps.config.station.zone)
    const host = context.req.header('host') ?? ''
    const looked = await lookFor(state, (path) => deps.asReader({ host, path }))
    const props = { proof, name, by, path: state.path, times, looked }
    return door.page(person, context, { title: `Killed: ${name}` }, killPageView(props))
  })
}
