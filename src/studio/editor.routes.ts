import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import { may, mayOn } from '../people/people.ts'
import type { Html } from '../player/icon.view.ts'
import type { StudioDoor } from './door.ts'
import { editorView } from './editor.view.ts'
import type { HereAnswer, OpenAnswer, SaveAnswer, VersionAnswer } from './editor/shapes.ts'
import { isOwn, deskName, storyFor } from './editor-story.ts'
import { readJson } from './forms.ts'
import { namer, standingFor } from './standing.ts'
import { stationTimes } from './frame.ts'
import { shownState } from './story-state.ts'
import type { StudioDeps } from './studio-deps.ts'
import { wireOfferView } from './wire-offer.view.ts'
import { sourceNames } from './wire-words.ts'

/** A whole book fits; checkBody draws the line of what is a story. */
const MOST_BYTES = 8 * 2 ** 20

const windowName = z.string().regex(/^[\w-]{1,80}$/)
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const asWindow = z.object({ window: windowName })
const asHere = z.object({ window: windowName, shown: count })
const asHandOver = z.object({ window: windowName, to: windowName })
const asVersion = z.object({ window: windowName, over: count.optional() })
const asBatch = z.object({ base: count, sequence: count, content: z.unknown() })

/** The editor: its page, and what its windows say to the house. */
export const editorRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { drafts, config, clock } = deps
  const times = stationTimes(config.station.zone)
  const at = '/studio/stories/:id' as const

  const offerFor = async (id: string, mayTake: boolean): Promise<Html | ''> => {
    const offer = await deps.wire.board.offer(id)
    const nameOf = sourceNames(config.wire)
    return offer ? wireOfferView({ offer, nameOf, mayTake, times, now: clock.now() }) : ''
  }

  door.get(at, 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const { revisions, copies } = await drafts.versions(state.id)
    const now = clock.now()
    const name = namer(deps)
    const { role } = person.account
    const own = isOwn(state, person.account)
    const props = {
      person,
      state,
      shown: shownState(state, { at: now, times }),
      sections: config.sections,
      versions: await Promise.all(
        revisions.slice(0, 3).map(async ({ number, by, at: when, reason }) => ({
          number,
          who: (await name(by)).name,
          when: times.brief(when, now),
          reason,
        })),
      ),
      count: revisions.length + copies.length,
      may: {
        write: mayOn(role, 'story.write', { own }),
        publish: mayOn(role, 'story.publish', { own }),
        correct: mayOn(role, 'story.correct', { own }),
        withdraw: mayOn(role, 'story.withdraw', { own }),
        spike: mayOn(role, 'story.spike', { own }),
      },
      zone: config.station.zone,
      done: context.req.query('done') ?? '',
      offer: await offerFor(state.id, may(role, 'wire.take')),
    }
    return door.page(person, context, { title: deskName(state), bare: true }, editorView(props))
  })

  door.post(`${at}/open`, 'story.see', async (person, context) => {
    const { window } = await readJson(context, asWindow)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const { account } = person
    const writes = mayOn(account.role, 'story.write', { own: isOwn(state, account) }) && !state.killed
    const opened = await drafts.open({ id: state.id, window, account: account.id, writes })
    return context.json<OpenAnswer>({ ...opened, ...(await standingFor(deps, opened, window)) } as OpenAnswer)
  })

  door.post(`${at}/here`, 'story.see', async ({ account }, context) => {
    const { window, shown } = await readJson(context, asHere)
    const here = await drafts.here({ id: context.req.param('id'), window, account: account.id, shown })
    const live = here.live && { sequence: here.live.sequence, content: here.live.content }
    return context.json<HereAnswer>({ ...(await standingFor(deps, here, window)), live } as HereAnswer)
  })

  door.put(`${at}/copies/:window`, 'story.write', async (person, context) => {
    const { base, sequence, content } = await readJson(context, asBatch, MOST_BYTES)
    const window = context.req.param('window')
    if (!windowName.safeParse(window).success) throw new GroundwaveError('BAD_REQUEST', '(window)')
    const { id } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    const saved = await drafts.save({ id, window, account: person.account.id, base, sequence, content })
    const standing = await standingFor(deps, { ...saved, visits: [], killed: false }, window)
    return context.json<SaveAnswer>({ sequence: saved.sequence, savedAt: saved.savedAt, standing })
  })

  door.post(`${at}/leave`, 'story.see', async ({ account }, context) => {
    const { window } = await readJson(context, asWindow)
    await drafts.leave({ id: context.req.param('id'), window, account: account.id })
    return context.json({})
  })

  door.post(`${at}/take-over`, 'story.take-over', async (person, context) => {
    const { window } = await readJson(context, asWindow)
    const { id } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    const opened = await drafts.takeOver({ id, window, account: person.account.id })
    return context.json<OpenAnswer>({ ...opened, ...(await standingFor(deps, opened, window)) } as OpenAnswer)
  })

  door.post(`${at}/hand-over`, 'story.write', async (person, context) => {
    const { window, to } = await readJson(context, asHandOver)
    const { id } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    await drafts.handOver({ id, window, account: person.account.id, to })
    return context.json({})
  })

  door.post(`${at}/versions`, 'story.write', async (person, context) => {
    const { window, over } = await readJson(context, asVersion)
    const { id } = await storyFor({ door, deps }, { person, context, verb: 'story.write' })
    const seen = over === undefined ? {} : { over }
    const { revision } = await drafts.version({ id, window, account: person.account.id, ...seen })
    return context.json<VersionAnswer>({ revision })
  })
}
