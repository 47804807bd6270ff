import type { StudioDeps } from './studio-deps.ts'

/** What waits at a place of the studio: a number, what it counts, and whether it must not wait. */
export type NavCount = { count: number; what: string; bad?: true }

type Counted = Pick<StudioDeps, 'desk' | 'wire' | 'photos' | 'clock' | 'log'>

/** So old may a count be, ms; whatever somebody does in the studio makes it anew. */
const OLD_MS = 3000

export type NavCounts = ReturnType<typeof createNavCounts>

/** What stands beside the places: drafts, news and kills of the wire, photos without a credit. The same for everybody. */
export const createNavCounts = ({ desk, wire, photos, clock, log }: Counted) => {
  let counts = new Map<string, NavCount>()
  let at = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null

  const count = async () => {
    const now = clock.now()
    const [stories, items, lacking] = await Promise.all([
      desk.counts(''),
      wire.board.page({ view: 'new', now }),
      photos.counts(''),
    ])
    const { new: fresh, kills } = items.counts
    counts = new Map<string, NavCount>([
      ['/studio', { count: stories.draft, what: stories.draft === 1 ? 'draft' : 'drafts' }],
      [
        '/studio/wire',
        kills ? { count: kills, what: kills === 1 ? 'kill' : 'kills', bad: true } : { count: fresh, what: 'new' },
      ],
      ['/studio/photos', { count: lacking.uncredited, what: 'without a credit' }],
    ])
    at = now
  }

  return {
    of: (href: string): NavCount | null => {
      const found = counts.get(href)
      return found && found.count > 0 ? found : null
    },
    /** Counts anew where that is due. Never fails: a page without counts is a page. */
    settle: (): Promise<void> => {
      if (clock.now() - at < OLD_MS) return Promise.resolve()
      running ??= count()
        .catch((error: unknown) => log.warn('What waits could not be counted.', { cause: String(error) }))
        .finally(() => (running = null))
      return running
    },
    forget: (): void => {
      at = Number.NEGATIVE_INFINITY
    },
  }
}
