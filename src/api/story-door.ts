import type { Context } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import type { StoryState } from '../newsroom/newsroom.ts'
import { mayOn } from '../people/people.ts'
import type { Account, OwnedVerb, People } from '../people/people.ts'
import { errorAnswer } from './api-error.ts'
import { bearerOf, bodyBytes } from './bearer.ts'

// What every address has in common by which somebody does something to a story.

const MOST_BYTES = 2 * 2 ** 20

/** Whose key came with the request. Throws TOKEN_WRONG. */
export const personOf = async (c: Context, people: Pick<People, 'bearer'>): Promise<Account> => {
  const found = await people.bearer(bearerOf(c))
  if (!found) throw new GroundwaveError('TOKEN_WRONG')
  return found.account
}

/** Throws NOT_ALLOWED when this person may not do this to this story. */
export const mayDo = (account: Account, verb: OwnedVerb, { filedBy, madeBy }: StoryState): void => {
  const own = filedBy === account.id || madeBy === account.id
  if (!mayOn(account.role, verb, { own })) throw new GroundwaveError('NOT_ALLOWED')
}

/** Throws STORY_UNKNOWN where there is none. */
export const existing = async (state: Promise<StoryState | null>): Promise<StoryState> => {
  const found = await state
  if (!found) throw new GroundwaveError('STORY_UNKNOWN')
  return found
}

/** The body as this shape; nothing at all counts as `{}`. Throws BAD_REQUEST with what is wrong. */
export const read = async <T>(c: Context, shape: z.ZodType<T>): Promise<T> => {
  const text = Buffer.from(await bodyBytes(c, MOST_BYTES)).toString('utf8')
  let value: unknown
  try {
    value = text.trim() ? JSON.parse(text) : {}
  } catch {
    throw new GroundwaveError('BAD_REQUEST', '(The body is not JSON.)')
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const what = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  throw new GroundwaveError('BAD_REQUEST', `(${what})`)
}

export const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(errorAnswer) } },
})
export const ok = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
export const withKey = { 401: refusal('The key is missing or wrong'), 403: refusal('This person may not do that') }

/** Describes a verb. */
export const describeAct = (summary: string) =>
  describeRoute({
    summary,
    security: [{ bearer: [] }],
    responses: {
      200: { description: 'It is done, and every house shows it so' },
      404: refusal('There is no such story'),
      409: refusal('The story has been killed'),
      ...withKey,
    },
  })
