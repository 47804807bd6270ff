import type { PageCache } from './page-cache.ts'
import { SPINS } from './page-tags.ts'
import type { SiteDeps } from './site-deps.ts'

/** Forgets pages when the air changes in a way that a page shows; listeners' counts change all the time and are not. */
export const followAir = ({ air }: Pick<SiteDeps, 'air'>, cache: PageCache): (() => void) => {
  let shown = shownOf(air)
  return air.onChange(() => {
    const next = shownOf(air)
    if (next === shown) return
    shown = next
    cache.forget(['air', SPINS])
  })
}

const shownOf = (air: SiteDeps['air']) =>
  JSON.stringify(
    air
      .mounts()
      .map(({ mount, up, since, feed, title, format, hls }) => [mount, up, since, feed, title, format?.codec, hls]),
  )
