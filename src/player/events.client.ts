import type { NowAnswer } from './now.ts'
import type { Store } from './store.client.ts'

const RETRY = 5000

/**
 * Follows the house's events. A house that is away changes nothing that plays: the connection is taken up again.
 * A page nobody sees or hears has none, for a browser has only six connections to a house.
 */
export const followEvents = (
  store: Store,
  { isPlaying, onStories }: { isPlaying: () => boolean; onStories: () => void },
): { check(): void } => {
  let wasOpen = false
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(retry)
    source?.close()
    source = null
  }

  const open = () => {
    source = new EventSource('/api/v1/events')
    source.addEventListener('now', (event: MessageEvent<string>) => store.set(JSON.parse(event.data) as NowAnswer))
    source.addEventListener('stories', onStories)
    source.addEventListener('open', () => {
      // What was said meanwhile has not been heard.
      if (wasOpen) onStories()
      wasOpen = true
    })
    source.addEventListener('error', () => {
      // The browser reconnects by itself unless the answer was no event stream at all.
      if (source?.readyState !== EventSource.CLOSED) return
      source = null
      retry = setTimeout(check, RETRY + Math.random() * RETRY)
    })
  }

  const check = () => {
    const isWanted = document.visibilityState === 'visible' || isPlaying()
    if (isWanted && !source) open()
    if (!isWanted) close()
  }

  document.addEventListener('visibilitychange', check)
  check()
  return { check }
}
