// Walking through the site without ending the sound: the Navigation API hands us the walk, everything but the player
// is replaced, and what cannot be done here (another site, a file, an old browser) is left to the browser.

/** First words of paths that are no public pages. */
const elsewhere = /^\/(api|studio|admin|assets|pictures|audio|hls|feeds)(\/|$)|\.[a-z0-9]{2,5}$/

/** Pauses between tries for a page, in milliseconds: a house that restarts is back within them. */
const PAUSES = [500, 1500, 3000]

type WalkDeps = { player: Element; onArrival: () => void }

export const followWalks = ({ player, onArrival }: WalkDeps): void => {
  if (!('navigation' in globalThis)) return
  let isLeaving = false

  /** A full load, past ourselves. */
  const leave = (url: URL) => {
    isLeaving = true
    location.href = url.href
  }

  navigation.addEventListener('navigate', (event) => {
    const url = new URL(event.destination.url)
    if (isLeaving || !isOurs(event, url)) return
    event.intercept({
      focusReset: 'manual',
      scroll: 'manual',
      async handler() {
        const page = await load(url, event.signal)
        if (!page) return leave(url)
        if (event.signal.aborted) return
        await change(() => replacePage(page, player))
        event.scroll()
        document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
        onArrival()
      },
    })
  })
}

const isOurs = (event: NavigateEvent, url: URL) =>
  event.canIntercept &&
  !event.hashChange &&
  event.downloadRequest === null &&
  event.formData === null &&
  event.navigationType !== 'reload' &&
  url.origin === location.origin &&
  !elsewhere.test(url.pathname)

/** The page, or null when it is not one of ours. A 404 page is; a house that does not answer makes a notice. */
const load = async (url: URL, signal: AbortSignal): Promise<Document | null> => {
  const response = await ask(url, signal)
  if (!response) return noticeFor(url)
  if (!response.headers.get('content-type')?.startsWith('text/html')) return null
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  return page.querySelector('gw-player') ? page : null
}

const ask = async (url: URL, signal: AbortSignal): Promise<Response | null> => {
  for (const pause of [...PAUSES, null]) {
    try {
      return await fetch(url, { signal, headers: { accept: 'text/html' } })
    } catch (error) {
      if (signal.aborted) throw error
    }
    if (pause !== null) await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return null
}

/** This page with a notice in its middle: the sound goes on, and so does the reader. */
const noticeFor = (url: URL): Document => {
  const page = new DOMParser().parseFromString(document.documentElement.outerHTML, 'text/html')
  const main = page.querySelector('main')
  if (!main) return page
  page.body.className = ''
  main.innerHTML = `<div class="page"><section class="notice"><p class="eyebrow">No answer</p>
    <h1 class="h1">This page did not come.</h1>
    <div class="prose"><p>Our house does not answer, or you are offline. What plays, plays on.</p></div>
    <p class="row"><a class="button strong">Try again</a></p></section></div>`
  main.querySelector('a')?.setAttribute('href', url.href)
  return page
}

const change = async (apply: () => void) => {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (isCalm || !document.startViewTransition) return apply()
  const transition = document.startViewTransition(apply)
  // Whoever walks on before the fade has begun skips it: no fault.
  transition.ready.catch(() => {})
  await transition.updateCallbackDone
}

/** Puts another page's head and body around the player, which is not moved, so that it does not stop. */
const replacePage = (page: Document, player: Element) => {
  const { documentElement: root, body } = document
  root.lang = page.documentElement.lang
  root.dir = page.documentElement.dir
  replaceHead(page)
  body.className = page.body.className
  for (const child of Array.from(body.childNodes)) if (child !== player) child.remove()
  let isBefore = true
  for (const child of Array.from(page.body.childNodes)) {
    if (child instanceof Element && child.localName === 'gw-player') isBefore = false
    else if (isBefore) player.before(document.adoptNode(child))
    else body.append(document.adoptNode(child))
  }
}

const kept =
  'link[rel=stylesheet], link[rel=preload], link[rel=icon], script, style, meta[charset], meta[name=viewport]'

const replaceHead = (page: Document) => {
  for (const child of Array.from(document.head.children)) if (!child.matches(kept)) child.remove()
  for (const child of Array.from(page.head.children))
    if (!child.matches(kept)) document.head.append(document.adoptNode(child))
}
