import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import type { GroundwaveError } from '../base/errors.ts'

export const errorAnswer = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'Stable; docs/errors.md lists them all', examples: ['BAD_REQUEST'] }),
      message: z.string(),
      hint: z.string().meta({ description: 'What to do about it' }),
    }),
  })
  .meta({ ref: 'Error' })

/** The one shape of every error the API gives. */
export const sendError = (
  c: Context,
  { code, status, message, hint }: Pick<GroundwaveError, 'code' | 'status' | 'message' | 'hint'>,
) => c.json({ error: { code, message, hint } } satisfies z.infer<typeof errorAnswer>, status as ContentfulStatusCode)
