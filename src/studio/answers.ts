import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { GroundwaveError } from '../base/errors.ts'

/** Whether it is a script that asks: it wants JSON, or sends it. */
export const wantsJson = (context: Context): boolean =>
  /\bapplication\/json\b/.test(context.req.header('accept') ?? '') ||
  /^application\/json\b/.test(context.req.header('content-type') ?? '')

/** The one shape of an error for scripts, as the API's. */
export const jsonRefusal = (context: Context, { code, status, message, hint }: GroundwaveError): Response =>
  context.json({ error: { code, message, hint } }, status as ContentfulStatusCode)
