import { textOf } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import { notFoundView, brokenView } from './notice.view.ts'

/** A notice is never kept: neither by us nor by anybody on the way. */
export const noticeResponse = (frame: Frame, status: 404 | 500): Response =>
  new Response(textOf(status === 404 ? notFoundView(frame) : brokenView(frame)), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })

/** The page for what broke, as HTML. */
export const brokenPage = (frame: Frame): string => textOf(brokenView(frame))
