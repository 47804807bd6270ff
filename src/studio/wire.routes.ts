import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { may } from '../people/people.ts'
import type { Html } from '../player/icon.view.ts'
import { boardViews } from '../wire/board.ts'
import type { BoardPlace } from '../wire/board.ts'
import type { Person, StudioDoor } from './door.ts'
import { stationTimes } from './frame.ts'
import { goneAt } from './kill-proof.view.ts'
import { accountNames } from './names.ts'
import type { StudioDeps } from './studio-deps.ts'
import { wireItemView } from './wire-item.view.ts'
import { wireSourcesView } from './wire-sources.view.ts'
import { wireMessageView, wireUnreadableView } from './wire-unreadable.view.ts'
import type { Reparsed } from './wire-unreadable.view.ts'
import { sourceNames } from './wire-words.ts'
import { wirePath, wireView } from './wire.view.ts'
import type { WireChoice, WireProps } from './wire.view.ts'

/** The wire: what sources send, and how they are. What one can do about it is in wire-actions.routes.ts. */
export const wireRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { board } = deps.wire
  const words = () => ({
    times: stationTimes(deps.config.station.zone),
    now: deps.clock.now(),
    sections: new Map(deps.config.sections.map(({ id, name }) => [id, name])),
    nameOf: sourceNames(deps.config.wire),
  })

  /** The three columns, with something of their own in the middle or at the end. */
  const columns = async (
    person: Person,
    context: Context,
    { middle = null, pane, current = null }: Partial<Pick<WireProps, 'middle' | 'current'>> & { pane: Html | null },
  ) => {
    const choice = choiceOf(context, current ? 'all' : 'new')
    const said = words()
    const { now } = said
    const { source, section, find, view } = choice
    const filter = {
      view,
      now,
      ...(source && { source }),
      ...(section && { section }),
      ...(find && { find }),
    }
    const after = placeOf(context.req.query('after'))
    const [page, sources, unreadable, kill] = await Promise.all([
      board.page(filter, after),
      board.sources(),
      board.countUnreadable(),
      board.lastKill(),
    ])
    const mayAsk = may(person.account.role, 'wire.reparse')
    const asked = context.req.query('asked') ?? null
    return wireView({
      ...said,
      choice,
      rows: page.rows,
      counts: page.counts,
      more: page.next && wirePath(choice, { after: `${page.next.at}.${page.next.itemId}` }),
      first: after ? wirePath(choice) : null,
      sources,
      unreadable,
      current,
      kill: current === null && kill ? { row: kill, gone: await goneWhen(kill.storyId) } : null,
      mayRoute: may(person.account.role, 'wire.route'),
      middle,
      pane: pane ?? wireSourcesView({ ...said, sources, mayAsk, asked }),
    })
  }

  const goneWhen = async (storyId: string | null): Promise<number | null> => {
    const proof = storyId === null ? null : await deps.newsroom.killProof(storyId)
    return proof && goneAt(proof)
  }

  door.get('/studio/wire', 'wire.see', async (person, context) =>
    door.page(person, context, { title: 'Wire' }, await columns(person, context, { pane: null })),
  )

  door.get('/studio/wire/news', 'wire.see', async (_person, context) => {
    const since = Number(context.req.query('since'))
    return context.json({ count: Number.isFinite(since) ? await board.countSince(since) : 0 })
  })

  door.get('/studio/wire/unreadable', 'wire.see', async (person, context) => {
    const mayReparse = may(person.account.role, 'wire.reparse')
    const options = { ...words(), mayReparse, result: resultOf(context) }
    const middle = wireUnreadableView(await board.unreadable(), options)
    return door.page(
      person,
      context,
      { title: 'Could not be read' },
      await columns(person, context, { middle, pane: null }),
    )
  })

  door.get('/studio/wire/items/:provider/:item', 'wire.see', async (person, context) => {
    const current = { provider: context.req.param('provider'), itemId: context.req.param('item') }
    const found = await board.item(current)
    if (!found) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    const { role } = person.account
    const pane = wireItemView({
      ...words(),
      found,
      mayTake: may(role, 'wire.take'),
      mayPublish: may(role, 'story.publish-any') && may(role, 'wire.take'),
      mayReparse: may(role, 'wire.reparse'),
      names: await accountNames(deps.people),
      proof: found.row.killedAt !== null && found.row.storyId ? await deps.newsroom.killProof(found.row.storyId) : null,
    })
    const title = found.row.headline || found.row.itemId
    return door.page(person, context, { title }, await columns(person, context, { current, pane }))
  })

  door.get('/studio/wire/messages/:id', 'wire.see', async (person, context) => {
    const found = await board.message(context.req.param('id'))
    if (!found) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    const mayReparse = may(person.account.role, 'wire.reparse')
    const view = wireMessageView(found, { ...words(), mayReparse, result: resultOf(context) })
    return door.page(person, context, { title: 'As received' }, view)
  })

  door.get('/studio/wire/messages/:id/bytes', 'wire.see', async (_person, context) => {
    const id = context.req.param('id')
    const found = await board.message(id)
    if (!found) throw new GroundwaveError('WIRE_ITEM_UNKNOWN')
    // Whatever a stranger sent: a file to be kept, and nothing a browser would show or run.
    return context.body(new Uint8Array(found.message.bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="message-${id.replace(/[^0-9a-z-]/gi, '')}.txt"`,
    })
  })
}

const choiceOf = (context: Context, usual: WireChoice['view']): WireChoice => {
  const asked = context.req.query('show')
  return {
    view: boardViews.find((view) => view === asked) ?? usual,
    source: context.req.query('source') ?? '',
    section: context.req.query('section') ?? '',
    find: (context.req.query('find') ?? '').trim().slice(0, 200),
  }
}

/** `1773331200000.lakes-1`: the last row of the page before. */
const placeOf = (text: string | undefined): BoardPlace | undefined => {
  const [, at, itemId] = /^(\d{1,15})\.(.+)$/s.exec(text ?? '') ?? []
  return at && itemId ? { at: Number(at), itemId } : undefined
}

/** `?read=3&still=1`, after something was read again. */
const resultOf = (context: Context): Reparsed | null => {
  const [read, still] = [context.req.query('read'), context.req.query('still')].map(Number)
  return Number.isInteger(read) && Number.isInteger(still) ? { read: read ?? 0, still: still ?? 0 } : null
}
