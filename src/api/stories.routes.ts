import { Hono } from 'hono'
import type { Context } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import { bodyOf } from '../newsroom/newsroom.ts'
import type { Newsroom, OpenNewsroom, StoryCard, StoryContent } from '../newsroom/newsroom.ts'
import { may } from '../people/people.ts'
import type { People } from '../people/people.ts'
import { publicUrl } from './bearer.ts'
import { describeAct, existing, mayDo, ok, personOf, read, refusal, withKey } from './story-door.ts'
import { correctionOrder, killOrder, newStory, publishOrder, storyAnswer, storyList } from './stories-answer.ts'

export type StoriesRoutesDeps = {
  newsroom: Pick<OpenNewsroom, 'change' | 'kill'> & Pick<Newsroom, 'stories' | 'card' | 'read' | 'isKilled'>
  people: Pick<People, 'bearer'>
  /** Ids of the station's sections. */
  sections: () => readonly string[]
  /** The station's public address, where it has one. */
  url: string | undefined
}

/** A list ends where nobody reads on. */
const MOST_STORIES = 200

/** What is public, to read for everybody; and what a person may do to stories, with a key of theirs. */
export const storiesRoutes = ({ newsroom, people, sections, url }: StoriesRoutesDeps) => {
  const app = new Hono()
  const tell = (c: Context, story: StoryCard) => ({ ...story, url: publicUrl(c, { url, path: story.path }) })
  const person = (c: Context) => personOf(c, people)

  app.get('/stories', describeList, (c) =>
    c.json({
      stories: newsroom
        .stories()
        .slice(0, MOST_STORIES)
        .map((story) => tell(c, story)),
    }),
  )

  app.get('/stories/:id', describeOne, async (c) => {
    if (newsroom.isKilled(c.req.param('id'))) throw new GroundwaveError('STORY_WITHDRAWN')
    const card = newsroom.card(c.req.param('id'))
    const story = card && (await newsroom.read(card.path))
    if (!story) throw new GroundwaveError('STORY_UNKNOWN')
    return c.json(tell(c, story))
  })

  app.post('/stories', describeFile, async (c) => {
    const account = await person(c)
    if (!may(account.role, 'story.write-own')) throw new GroundwaveError('NOT_ALLOWED')
    const content = toContent(await read(c, newStory))
    if (!sections().includes(content.section))
      throw new GroundwaveError('BAD_REQUEST', `(There is no section ${content.section}.)`)
    const id = await newsroom.change(account.id, (edit) => edit.file(content))
    return c.json({ id, state: 'draft' }, 201)
  })

  app.post('/stories/:id/publish', describeAct('Show a story to the public'), async (c) => {
    const account = await person(c)
    const id = c.req.param('id')
    const { at, until } = await read(c, publishOrder)
    const path = await newsroom.change(account.id, async (edit) => {
      mayDo(account, 'story.publish', await existing(edit.state(id)))
      return edit.publish(id, {
        ...(at !== undefined && { from: Date.parse(at) }),
        ...(until !== undefined && { until: Date.parse(until) }),
      })
    })
    return c.json({ id, state: 'published', url: publicUrl(c, { url, path }) })
  })

  app.post('/stories/:id/correct', describeAct('Say what was wrong in a story'), async (c) => {
    const account = await person(c)
    const id = c.req.param('id')
    const { text, headline, body } = await read(c, correctionOrder)
    const path = await newsroom.change(account.id, async (edit) => {
      const state = await existing(edit.state(id))
      mayDo(account, 'story.correct', state)
      if (headline !== undefined || body !== undefined) {
        await edit.revise(id, { ...state.content, ...(headline && { headline }), ...(body && bodyOf(body)) })
        if (state.publication) await edit.publish(id)
      }
      await edit.correct(id, { text })
      return state.path
    })
    return c.json({ id, state: 'corrected', ...(path && { url: publicUrl(c, { url, path }) }) })
  })

  app.post('/stories/:id/kill', describeAct('Recall a story from everywhere, for good'), async (c) => {
    const account = await person(c)
    if (!may(account.role, 'story.kill')) throw new GroundwaveError('NOT_ALLOWED')
    const id = c.req.param('id')
    const { reason, note } = await read(c, killOrder)
    // Law 3: when this promise is kept, no page, list or answer of any house tells of the story any more.
    await newsroom.kill(account.id, id, { reason, note })
    return c.json({ id, state: 'killed' })
  })

  return app
}

const toContent = ({ body, ...story }: z.infer<typeof newStory>): StoryContent => ({
  ...story,
  ...bodyOf(body),
  eyebrow: '',
  photo: null,
  audio: null,
  source: null,
  notes: '',
  place: null,
})

const describeList = describeRoute({
  summary: 'What is published, newest first, without bodies',
  responses: { 200: ok('At most 200 stories', storyList) },
})
const describeOne = describeRoute({
  summary: 'One published story',
  responses: {
    200: ok('The story', storyAnswer),
    404: refusal('There is none, or it is not public'),
    410: refusal('It has been withdrawn for good'),
  },
})
const describeFile = describeRoute({
  summary: 'File a story on the desk',
  security: [{ bearer: [] }],
  responses: { 201: { description: 'It is a draft' }, 400: refusal('What is wrong in it'), ...withKey },
})
