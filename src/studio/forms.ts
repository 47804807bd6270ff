import type { Context } from 'hono'
import type { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'

/** What a form or a small message may weigh, bytes. */
const MOST_BYTES = 64 * 1024

/** The request's body as text, up to `most` bytes. Throws TOO_LARGE, BAD_REQUEST. */
export const readText = async (context: Context, most = MOST_BYTES): Promise<string> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of context.req.raw.body ?? []) {
    length += chunk.byteLength
    // What is too much is read on and thrown away: who still writes would not see the answer.
    if (length <= most) chunks.push(chunk)
    else if (length > most + 16 * 2 ** 20) break
  }
  if (length > most) throw new GroundwaveError('TOO_LARGE')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new GroundwaveError('BAD_REQUEST', '(This is not UTF-8.)')
  }
}

/** A posted form. A field that is missing is empty. */
export type Fields = {
  /** One field, trimmed. */
  text(name: string): string
  /** One field as it was typed: passwords. */
  raw(name: string): string
  /** All of that name, trimmed, without empty ones. */
  all(name: string): string[]
}

/** Throws TOO_LARGE, BAD_REQUEST. */
export const readForm = async (context: Context, most?: number): Promise<Fields> => {
  const fields = new URLSearchParams(await readText(context, most))
  const raw = (name: string) => fields.get(name) ?? ''
  return {
    text: (name) => raw(name).trim(),
    raw,
    all: (name) =>
      fields
        .getAll(name)
        .map((value) => value.trim())
        .filter(Boolean),
  }
}

/** The body as JSON of this shape. Throws TOO_LARGE, BAD_REQUEST with the first thing that is wrong. */
export const readJson = async <T>(context: Context, shape: z.ZodType<T>, most?: number): Promise<T> => {
  const text = await readText(context, most)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new GroundwaveError('BAD_REQUEST', '(This is not JSON.)')
  }
  const result = shape.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new GroundwaveError('BAD_REQUEST', `(${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'wrong'})`)
}
