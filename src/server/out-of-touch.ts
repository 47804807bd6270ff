import type { IncomingMessage, ServerResponse } from 'node:http'
import { errorRegistry } from '../base/errors.ts'

/** What shows no story, and goes on: the player, its sound and its files, and what machines ask about health. */
const WITHOUT_STORIES =
  /^\/(?:healthz|metrics|favicon\.svg|robots\.txt|(?:assets|streams)\/.*|listen|schedule(?:\/.*)?|api\/v1\/(?:now|events|schedule)(?:\/.*)?)$/
/** Doors that are written to: they answer with what they did, and the database refuses them when it is away. */
const TAKING = /^\/api\/v1\/(wire|stories)(\/|$)/
/** By then the lease has been renewed, or the house is still cut off, seconds. */
const AGAIN = 5

/** Whether the answer may hold something of a story, so that only a house in touch with the others may give it. */
export const tellsOfStories = (method: string | undefined, path: string): boolean =>
  !WITHOUT_STORIES.test(path) && !(method === 'POST' && TAKING.test(path))

/** The answer of a house that cannot know what has been recalled (RFC 9110 §15.6.4). */
export const answerOutOfTouch = (req: IncomingMessage, res: ServerResponse, isApi: boolean): void => {
  const { message, hint } = errorRegistry.HOUSE_OUT_OF_TOUCH
  const body = isApi ? JSON.stringify({ error: { code: 'HOUSE_OUT_OF_TOUCH', message, hint } }) : NOTICE
  res.writeHead(503, {
    'content-type': isApi ? 'application/json' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'retry-after': String(AGAIN),
  })
  res.end(req.method === 'HEAD' ? undefined : body)
}

// By itself: the station's own page is made of what this house must not use now.
const NOTICE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${AGAIN}">
<title>Back in a moment</title>
<h1>Back in a moment</h1>
<p>This page cannot be shown right now: our newsroom’s records cannot be reached, and we show no story that may have been
withdrawn. We try again by ourselves, every few seconds.</p>
<p>The radio plays on.</p>
`
