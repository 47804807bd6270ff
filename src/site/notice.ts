import { textOf, type Html } from '../player/icon.view.ts'
import type { Frame } from './frame.ts'
import type { Withdrawal } from '../newsroom/newsroom.ts'
import { notFoundView, brokenView, unreadableView, withdrawnView } from './notice.view.ts'

/** A notice is never kept: neither by us nor by anybody on the way. */
export const noticeResponse = (frame: Frame, status: 404 | 500 | 503): Response =>
  respond({ 404: notFoundView, 500: brokenView, 503: unreadableView }[status](frame), status)

/** For the address of a story that was killed (RFC 9110 §15.5.11). */
export const withdrawnResponse = (frame: Frame, withdrawal: Withdrawal): Response =>
  respond(withdrawnView(frame, withdrawal), 410)

const respond = (page: Html, status: number) =>
  new Response(textOf(page), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })

/** The page for what broke, as HTML. */
export const brokenPage = (frame: Frame): string => textOf(brokenView(frame))
