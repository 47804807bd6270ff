import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import { MOST_BYTES } from '../library/photos.ts'
import { jsonRefusal } from './answers.ts'
import type { StudioDoor } from './door.ts'
import { pickOf } from './photo-list.ts'
import type { StudioDeps } from './studio-deps.ts'

/** Who sends too much is listened to for so much more, so that the answer is seen, bytes. */
const MOST_DISCARDED = 8 * 2 ** 20

/** Photos on their way in: whole in one request, or in pieces that go on where a line broke. Scripts ask, in JSON. */
export const photoUploadRoutes = (door: StudioDoor, { photos }: StudioDeps): void => {
  door.post('/studio/photos', 'photo.upload', (person, context) =>
    answering(context, async () => {
      const told = context.req.header('content-length')
      const size = told === undefined ? null : Number(told)
      const name = nameOf(context)
      const photo = await photos.take({ name, size, by: person.account.id, source: bodyOf(context) })
      return context.json(pickOf(photo), 201)
    }),
  )

  door.post('/studio/photos/uploads', 'photo.upload', (person, context) =>
    answering(context, async () => {
      const size = Number(context.req.query('size'))
      if (!Number.isSafeInteger(size) || size <= 0) throw new GroundwaveError('BAD_REQUEST', '(size)')
      const { id } = await photos.begin({ name: nameOf(context), size, by: person.account.id })
      return context.json({ id, size, offset: 0 }, 201)
    }),
  )

  door.get('/studio/photos/uploads/:upload', 'photo.upload', (person, context) =>
    answering(context, async () => {
      const [upload, by] = [context.req.param('upload'), person.account.id]
      const photo = await photos.finished(upload, by)
      if (photo) return context.json(pickOf(photo), 201)
      const { id, size, offset } = await photos.upload(upload, by)
      return context.json({ id, size, offset })
    }),
  )

  door.put('/studio/photos/uploads/:upload', 'photo.upload', (person, context) =>
    answering(context, async () => {
      const id = context.req.param('upload')
      const by = person.account.id
      const offset = Number(context.req.query('offset'))
      if (!Number.isSafeInteger(offset) || offset < 0) throw new GroundwaveError('BAD_REQUEST', '(offset)')
      const { size } = await photos.upload(id, by)
      const here = await photos.append(id, { by, offset, source: bodyOf(context) })
      if (here < size) return context.json({ id, size, offset: here })
      return context.json(pickOf(await photos.finish(id, by)), 201)
    }),
  )

  door.delete('/studio/photos/uploads/:upload', 'photo.upload', (person, context) =>
    answering(context, async () => {
      await photos.drop(context.req.param('upload'), person.account.id)
      return context.body(null, 204)
    }),
  )
}

/** By `?name=`, or by the header that scripts without a query send. */
const nameOf = (context: Context): string => {
  const told = context.req.query('name') ?? decoded(context.req.header('x-file-name') ?? '')
  return told.replace(/^.*[/\\]/s, '').trim() || 'photo'
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function* bodyOf(context: Context): AsyncGenerator<Uint8Array> {
  for await (const chunk of context.req.raw.body ?? []) yield chunk
}

/** Refusals as JSON, and what is left of the body read away for a while: who still writes would not see the answer. */
const answering = async (context: Context, work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GroundwaveError) || error.status >= 500) throw error
    const left = Number(context.req.header('content-length') ?? 0)
    if (left <= MOST_BYTES + MOST_DISCARDED) await discard(context)
    else context.header('connection', 'close')
    return jsonRefusal(context, error)
  }
}

const discard = async (context: Context): Promise<void> => {
  let length = 0
  try {
    for await (const chunk of context.req.raw.body ?? []) {
      length += chunk.byteLength
      if (length > MOST_BYTES + MOST_DISCARDED) return
    }
  } catch {
    // The line is gone, or the body was read by whoever refused it.
  }
}
