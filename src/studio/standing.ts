import type { PenRow, Situation } from '../newsroom/drafts.ts'
import type { Standing, Somebody } from './editor/shapes.ts'
import { initials } from './face.view.ts'
import type { StudioDeps } from './studio-deps.ts'

type Namer = (id: string) => Promise<Somebody>

/** Names of who has an account; what is none is named by what it is. */
export const namer = ({ people }: Pick<StudioDeps, 'people'>): Namer => {
  const known = new Map<string, Promise<Somebody>>()
  const find = async (id: string): Promise<Somebody> => {
    const name = others[id] ?? (await people.account(id))?.name ?? 'Somebody'
    return { id, name, initials: initials(name) }
  }
  return (id) => {
    const there = known.get(id) ?? find(id)
    known.set(id, there)
    return there
  }
}

const others: Record<string, string> = { wire: 'The wire', folder: 'The stories folder' }

/** Who is at a story, as one of its windows sees it. */
export const standingFor = async (
  deps: Pick<StudioDeps, 'people'>,
  { pen, visits, revision, madeBy, killed }: Pick<Situation, 'pen' | 'visits' | 'revision' | 'madeBy' | 'killed'>,
  window: string,
): Promise<Standing> => {
  const name = namer(deps)
  const penOf = async (one: PenRow) => ({
    mine: one.window === window,
    who: await name(one.account),
    window: one.window,
    since: new Date(one.since).toISOString(),
  })
  const readers = visits.filter((visit) => visit.window !== pen?.window)
  return {
    pen: pen && (await penOf(pen)),
    readers: await Promise.all(
      readers.map(async (visit) => ({
        who: await name(visit.account),
        window: visit.window,
        mine: visit.window === window,
      })),
    ),
    revision,
    madeBy: await name(madeBy),
    killed,
  }
}
