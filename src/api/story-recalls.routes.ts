import { Hono } from 'hono'
import type { Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { GroundwaveError } from '../base/errors.ts'
import type { OpenNewsroom, StoryEdit } from '../newsroom/newsroom.ts'
import { may } from '../people/people.ts'
import type { OwnedVerb, People } from '../people/people.ts'
import { embargoOrder, killProofAnswer, stopOrder } from './stories-answer.ts'
import { describeAct, existing, mayDo, ok, personOf, read, refusal, withKey } from './story-door.ts'

export type StoryRecallsDeps = {
  newsroom: Pick<OpenNewsroom, 'change' | 'killProof'>
  people: Pick<People, 'bearer'>
}

/** What keeps a story back, or takes it off the site, without killing it; and the proof that a kill is complete. */
export const storyRecallsRoutes = ({ newsroom, people }: StoryRecallsDeps) => {
  const app = new Hono()

  const act = async (c: Context, verb: OwnedVerb, fn: (edit: StoryEdit, id: string) => Promise<void>) => {
    const account = await personOf(c, people)
    const id = c.req.param('id') ?? ''
    await newsroom.change(account.id, async (edit) => {
      mayDo(account, verb, await existing(edit.state(id)))
      await fn(edit, id)
    })
    return id
  }

  // Who has no key is told so before anything of the request is read.
  app.post('/stories/:id/*', async (c, next) => {
    await personOf(c, people)
    return next()
  })

  app.post('/stories/:id/embargo', describeAct('Show a story to nobody before a moment'), async (c) => {
    const { until } = await read(c, embargoOrder)
    const at = until === null ? null : Date.parse(until)
    return c.json({ id: await act(c, 'story.publish', (edit, id) => edit.embargo(id, at)), state: 'embargoed', until })
  })

  app.post('/stories/:id/hold', describeAct('Keep a story back until it is released'), async (c) => {
    const { reason } = await read(c, stopOrder)
    return c.json({ id: await act(c, 'story.withdraw', (edit, id) => edit.hold(id, reason)), state: 'held' })
  })

  app.post('/stories/:id/release', describeAct('Lift hold and embargo of a story'), async (c) => {
    const id = await act(c, 'story.publish', async (edit, id) => {
      await edit.release(id)
      await edit.liftEmbargo(id)
    })
    return c.json({ id, state: 'released' })
  })

  app.post('/stories/:id/withdraw', describeAct('Take a story off the site, back to the desk'), async (c) => {
    const { reason } = await read(c, stopOrder)
    return c.json({ id: await act(c, 'story.withdraw', (edit, id) => edit.takeDown(id, reason)), state: 'withdrawn' })
  })

  app.get('/stories/:id/kill', describeProof, async (c) => {
    const account = await personOf(c, people)
    if (!may(account.role, 'story.see')) throw new GroundwaveError('NOT_ALLOWED')
    const proof = await newsroom.killProof(c.req.param('id'))
    if (!proof) throw new GroundwaveError('STORY_NOT_KILLED')
    const { at, recalledAt, confirmations, ...rest } = proof
    const iso = (at: number) => new Date(at).toISOString()
    c.header('cache-control', 'no-store')
    return c.json({
      ...rest,
      at: iso(at),
      completeAt: proof.waitingFor.length > 0 ? null : iso(Math.max(recalledAt, ...confirmations.map(({ at }) => at))),
      houses: confirmations.map(({ house, how, at }) => ({ house, how, at: iso(at), afterMs: at - recalledAt })),
    })
  })

  return app
}

const describeProof = describeRoute({
  summary: 'Which houses have confirmed that they show nothing any more of a killed story, and when',
  security: [{ bearer: [] }],
  responses: {
    200: ok('Who has confirmed', killProofAnswer),
    404: refusal('There is no such story, or it was not killed'),
    ...withKey,
  },
})
