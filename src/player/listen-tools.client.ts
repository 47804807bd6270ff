import { setText } from './dom.client.ts'

/** Minutes the sleep timer can be set to, one press after another; none switches it off. */
const NAPS = [15, 30, 60]

type Tools = { stop: () => void; say: (text: string) => void }

/** Share and sleep on the full screen: buttons that only work with script, and are only shown with it. */
export const createListenTools = ({ stop, say }: Tools) => {
  let nap = -1
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = (text: string) => {
    setText(document.querySelector('.listen .head .meta, [data-said]'), text)
    say(text)
  }

  return {
    async share() {
      const data = { title: document.title, url: location.href }
      if (navigator.share) {
        // The reader may think better of it.
        return navigator.share(data).catch(() => {})
      }
      try {
        await navigator.clipboard.writeText(data.url)
        tell('Address copied')
      } catch {
        // Browsers keep the clipboard from pages without TLS; then the address is there to be marked by hand.
        tell(data.url)
      }
    },
    sleep() {
      clearTimeout(timer)
      nap = nap + 1 < NAPS.length ? nap + 1 : -1
      const minutes = NAPS[nap]
      if (minutes === undefined) return tell('Plays on')
      tell(`Stops in ${minutes} min`)
      timer = setTimeout(() => {
        nap = -1
        stop()
        tell('')
      }, minutes * 60_000)
    },
  }
}
