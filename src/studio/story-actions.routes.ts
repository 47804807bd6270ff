import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import { readinessOf } from '../newsroom/ready.ts'
import type { Person, StudioDoor } from './door.ts'
import { isOwn, deskName, storyFor } from './editor-story.ts'
import { readForm } from './forms.ts'
import { stationTimes } from './frame.ts'
import { correctView, publishView, spikeView, withdrawView } from './story-actions.view.ts'
import { shownState } from './story-state.ts'
import { may } from '../people/people.ts'
import type { StudioDeps } from './studio-deps.ts'
import { localValue, momentIn } from './zone-time.ts'

/** What a person types so that nothing is killed by a slip of the finger. */
const KILL_WORD = 'kill'

/** What becomes of a story: each has a page that says what will happen, and does it when it is asked to. */
export const storyActionRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { newsroom, config, clock } = deps
  const { zone } = config.station
  const times = stationTimes(zone)
  const at = '/studio/stories/:id' as const
  const sections = () => config.sections.map(({ id }) => id)

  const about = (state: StoryState) => ({
    state,
    shown: shownState(state, { at: clock.now(), times }),
    times,
    at: clock.now(),
  })
  const done = (context: Context, id: string, what: string) =>
    context.redirect(`/studio/stories/${id}?done=${what}`, 303)

  type Asked = { when?: string; time?: string; problem?: string; status?: number }
  const publishPage = (person: Person, context: Context, state: StoryState, asked: Asked = {}) => {
    const { lacks } = readinessOf(state.content, { sections: sections() })
    const next = Math.ceil((clock.now() + 30 * 60_000) / 1_800_000) * 1_800_000
    const time = asked.time || localValue(next, zone)
    const { problem = '', when = 'now', status = 200 } = asked
    const title = `Publish ${deskName(state)}`
    return door.page(
      person,
      context,
      { title, status },
      publishView({ ...about(state), lacks, when, time, zone, problem }),
    )
  }

  door.get(`${at}/publish`, 'story.publish', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.publish' })
    return publishPage(person, context, state, { when: context.req.query('when') ?? 'now' })
  })

  door.post(`${at}/publish`, 'story.publish', async (person, context) => {
    const form = await readForm(context)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.publish' })
    const { id } = state
    const [when, time] = [form.text('when'), form.text('time')]
    const moment = when === 'now' ? null : momentIn(time, zone)
    const again = (problem: string, status = 400) =>
      publishPage(person, context, state, { when, time, problem, status })
    if (!['now', 'later', 'embargo'].includes(when)) return again('Choose when it goes out.')
    if (when !== 'now' && (moment === null || moment <= clock.now()))
      return again(
        moment === null ? 'That is no time in the station’s zone.' : 'That time is over. Choose a later one.',
      )
    const seen = Number(form.text('revision'))
    const isReady = (content: StoryState['content']) =>
      readinessOf(content, { sections: sections() }).lacks.length === 0
    if (!isReady(state.content)) return again('', 409)
    try {
      await newsroom.change(person.account.id, async (edit) => {
        const now = await edit.state(id)
        // What is published is what its publisher has seen.
        if (now?.revision !== seen)
          throw new GroundwaveError('STORY_MOVED_ON', `It is at version ${now?.revision} now.`)
        if (when === 'embargo') await edit.embargo(id, moment)
        else await edit.liftEmbargo(id)
        await edit.publish(id, when === 'later' && moment !== null ? { from: moment } : {})
      })
    } catch (error) {
      if (error instanceof GroundwaveError && error.code === 'STORY_MOVED_ON') return again(error.message, 409)
      throw error
    }
    return done(context, id, when)
  })

  door.get(`${at}/correct`, 'story.correct', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.correct' })
    return door.page(
      person,
      context,
      { title: `Correct ${deskName(state)}` },
      correctView({ ...about(state), problem: '', text: '' }),
    )
  })

  door.post(`${at}/correct`, 'story.correct', async (person, context) => {
    const form = await readForm(context)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.correct' })
    const text = form.text('text')
    const { publication } = state
    const again = (problem: string) =>
      door.page(
        person,
        context,
        { title: `Correct ${deskName(state)}`, status: 400 },
        correctView({ ...about(state), problem, text }),
      )
    if (!publication) return again('It is not public; there is nothing to correct for readers yet.')
    if (!text) return again('Say what was wrong and what is right.')
    if (text.length > 2_000) return again('This is longer than 2,000 characters.')
    const withText = form.text('with') === 'text'
    if (withText && readinessOf(state.content, { sections: sections() }).lacks.length > 0)
      return again('The edited text lacks something; see Publish. The correction was not made.')
    if (withText) door.allow(person, 'story.publish', { own: isOwn(state, person.account) })
    await newsroom.change(person.account.id, async (edit) => {
      await edit.correct(state.id, { text })
      if (withText) await edit.publish(state.id)
    })
    return done(context, state.id, 'corrected')
  })

  const withdrawPage = (person: Person, context: Context, state: StoryState, problem = '') =>
    door.page(
      person,
      context,
      { title: `Withdraw ${deskName(state)}`, status: problem ? 400 : 200 },
      withdrawView({ ...about(state), problem, mayKill: may(person.account.role, 'story.kill'), word: KILL_WORD }),
    )

  door.get(`${at}/withdraw`, 'story.withdraw', async (person, context) =>
    withdrawPage(person, context, await storyFor({ door, deps }, { person, context, verb: 'story.withdraw' })),
  )

  door.post(`${at}/withdraw`, 'story.withdraw', async (person, context) => {
    const form = await readForm(context)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.withdraw' })
    await newsroom.change(person.account.id, (edit) => edit.takeDown(state.id, form.text('reason').slice(0, 1_000)))
    return done(context, state.id, 'withdrawn')
  })

  door.post(`${at}/kill`, 'story.kill', async (person, context) => {
    const form = await readForm(context)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.kill' })
    const reason = form.text('reason')
    if (!reason) return withdrawPage(person, context, state, 'A kill needs its reason.')
    if (form.text('confirm').toLowerCase() !== KILL_WORD)
      return withdrawPage(person, context, state, `Type ${KILL_WORD} to say that you mean it.`)
    const note = form.text('note')
    if (reason.length > 1_000 || note.length > 1_000)
      return withdrawPage(person, context, state, 'Write at most 1,000 characters.')
    await newsroom.kill(person.account.id, state.id, { reason, note })
    return context.redirect(`${at.replace(':id', state.id)}/kill`, 303)
  })

  door.get(`${at}/spike`, 'story.spike', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.spike' })
    return door.page(person, context, { title: `Spike ${deskName(state)}` }, spikeView(about(state)))
  })

  door.post(`${at}/spike`, 'story.spike', async (person, context) => {
    const form = await readForm(context)
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.spike' })
    if (state.publication && state.takenDownBy === null)
      door.allow(person, 'story.withdraw', { own: isOwn(state, person.account) })
    await newsroom.change(person.account.id, (edit) =>
      state.spikedBy === null ? edit.spike(state.id, form.text('reason').slice(0, 1_000)) : edit.unspike(state.id),
    )
    return state.spikedBy === null ? context.redirect('/studio', 303) : done(context, state.id, 'back')
  })
}
