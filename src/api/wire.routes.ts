import { Hono } from 'hono'
import type { Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import type { Receipt, Wire } from '../wire/wire.ts'
import { errorAnswer } from './api-error.ts'
import { bearerOf, bodyBytes, discardBody, publicUrl } from './bearer.ts'

export type WireRoutesDeps = {
  wire: Pick<Wire, 'admits' | 'receive'>
  /** The station's public address, where it has one. */
  url: string | undefined
}

const MOST_BYTES = 4 * 2 ** 20

const receipt = z.object({
  item: z
    .object({
      provider: z.string().meta({ description: 'The wire’s name' }),
      id: z.string().nullable(),
      version: z.number().nullable().meta({ description: 'Larger is newer; null for a deletion' }),
    })
    .meta({ description: 'What it was read as; id and version are null for what could not be read' }),
  decision: z.enum(['published', 'desk', 'updated', 'waiting', 'duplicate', 'older', 'restricted', 'quarantined']),
  storyId: z.string().optional(),
  storyUrl: z.string().optional().meta({ description: 'The story’s page, once it has one' }),
  reasons: z.array(z.string()).meta({ description: 'Sentences for people' }),
})
const answer = receipt.extend({
  more: z.array(receipt).optional().meta({ description: 'The other items of a message that holds several' }),
})

/** Where agencies and networks push what they have: the message as it is, one or several items. */
export const wireRoutes = ({ wire, url }: WireRoutesDeps) => {
  const admit = async (c: Context, source: string) => {
    try {
      if (!(await wire.admits(source, bearerOf(c)))) throw new GroundwaveError('TOKEN_WRONG')
    } catch (error) {
      await discardBody(c)
      throw error
    }
  }
  return new Hono().post('/wire/:source', describePush, async (c) => {
    const source = c.req.param('source')
    await admit(c, source)
    const receipts = await wire.receive(source, await bodyBytes(c, MOST_BYTES))
    const toAnswer = ({ item, decision, storyId, path, reasons }: Receipt): z.infer<typeof receipt> => ({
      item: item ?? { provider: source, id: null, version: null },
      decision,
      ...(storyId !== null && { storyId }),
      ...(path !== null && { storyUrl: publicUrl(c, { url, path }) }),
      reasons,
    })
    const [first, ...more] = receipts.map(toAnswer)
    return c.json({ ...first, ...(more.length > 0 && { more }) }, 201)
  })
}

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(errorAnswer) } },
})

const describePush = describeRoute({
  summary: 'Push a message of a wire',
  description:
    'The body is the message as its format has it, at most 4 MB. An answer of 201 says that it is kept for good; the ' +
    'decision says what became of it. What cannot be read is kept too, and answered as quarantined.',
  security: [{ bearer: [] }],
  responses: {
    201: { description: 'It is kept', content: { 'application/json': { schema: resolver(answer) } } },
    401: refusal('The token is missing or wrong'),
    404: refusal('There is no such wire'),
    413: refusal('More than 4 MB'),
  },
})
