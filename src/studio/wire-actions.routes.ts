import { GroundwaveError } from '../base/errors.ts'
import type { StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import type { StudioDeps } from './studio-deps.ts'
import { itemPath } from './wire-words.ts'

/** What people do about what came: take, publish, pass over, decide about updates, read again, ask now. */
export const wireActionRoutes = (door: StudioDoor, { wire, config }: StudioDeps): void => {
  const { desk } = wire

  door.post('/studio/wire/items/:provider/:item/take', 'wire.take', async ({ account }, context) => {
    const key = { provider: context.req.param('provider'), itemId: context.req.param('item') }
    const storyId = await desk.take(key, account.id)
    return context.redirect(`/studio/stories/${storyId}`, 303)
  })

  door.post('/studio/wire/items/:provider/:item/publish', 'story.publish-any', async ({ account }, context) => {
    const key = { provider: context.req.param('provider'), itemId: context.req.param('item') }
    const section = (await readForm(context)).text('section')
    if (!config.sections.some(({ id }) => id === section)) throw new GroundwaveError('BAD_REQUEST', '(section)')
    await desk.publish(key, { section, by: account.id })
    return context.redirect(itemPath(key), 303)
  })

  door.post('/studio/wire/items/:provider/:item/pass', 'wire.take', async ({ account }, context) => {
    const key = { provider: context.req.param('provider'), itemId: context.req.param('item') }
    await desk.pass(key, account.id)
    return context.redirect('/studio/wire', 303)
  })

  door.post('/studio/wire/items/:provider/:item/unpass', 'wire.take', async ({ account }, context) => {
    const key = { provider: context.req.param('provider'), itemId: context.req.param('item') }
    await desk.unpass(key, account.id)
    return context.redirect(itemPath(key), 303)
  })

  door.post('/studio/wire/updates/:id/take', 'wire.take', async (person, context) => {
    const id = context.req.param('id')
    // What is public changes for everybody at once: who may not publish the story may not do that either.
    const whose = await desk.standing(id, person.account.id)
    if (whose.isPublic) door.allow(person, 'story.publish', { own: whose.own })
    const storyId = await desk.takeUpdate(id, person.account.id)
    return context.redirect(`/studio/stories/${storyId}`, 303)
  })

  door.post('/studio/wire/updates/:id/leave', 'wire.take', async ({ account }, context) => {
    const { key } = await desk.standing(context.req.param('id'), account.id)
    await desk.leaveUpdate(context.req.param('id'), account.id)
    return context.redirect(itemPath(key), 303)
  })

  door.post('/studio/wire/reparse', 'wire.reparse', async (_person, context) => {
    const { read, still } = await wire.reparse()
    return context.redirect(`/studio/wire/unreadable?read=${read}&still=${still}`, 303)
  })

  door.post('/studio/wire/messages/:id/reparse', 'wire.reparse', async (_person, context) => {
    const id = context.req.param('id')
    const back = (await readForm(context)).text('back')
    const { read, still } = await wire.reparse(id)
    const to = /^\/studio\/wire\/items\/[^/]+\/[^/]+$/.test(back) ? back : `/studio/wire/messages/${id}`
    return context.redirect(`${to}?read=${read}&still=${still}`, 303)
  })

  door.post('/studio/wire/files/:name/retry', 'wire.take', async (_person, context) => {
    await wire.retryFile(context.req.param('name'))
    return context.redirect(backOf(context.req.header('referer')), 303)
  })

  door.post('/studio/wire/sources/:name/ask', 'wire.reparse', async (_person, context) => {
    const name = context.req.param('name')
    await wire.ask(name)
    return context.redirect(`/studio/wire?asked=${encodeURIComponent(name)}`, 303)
  })
}

/** The page of the wire this came from. */
const backOf = (referer: string | undefined): string => {
  const path = URL.parse(referer ?? '')?.pathname ?? ''
  return path.startsWith('/studio/wire/') ? path : '/studio/wire'
}
