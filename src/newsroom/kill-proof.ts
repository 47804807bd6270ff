import type { Store } from '../store/store.ts'
import { proofsOf, readKill } from './recall-store.ts'
import type { RecallProof } from './recall-store.ts'

/** What a house has looked through when it confirms: all of it is made of what it remembers, or asks it before it answers. */
const SURFACES = [
  'story page',
  'front, sections and topics',
  'search and related',
  'text twin',
  'feeds and sitemaps',
  'API and oEmbed',
  'pictures and sound',
  'kept pages',
]

/** A kill, and which houses show nothing of the story any more. Times in ms since the epoch. */
export type KillProof = {
  id: string
  /** When it was ordered, by the clock of the house it was ordered in. */
  at: number
  by: string
  reason: string
  note: string
  surfaces: readonly string[]
  /** The same moment by the database's clock, which the confirmations go by. */
  recalledAt: number
  confirmations: RecallProof['confirmations']
  /** Houses at work that have not confirmed. */
  waitingFor: string[]
}

/** Null when the story was not killed. */
export const killProofOf = async (
  { read, lease }: Pick<Store, 'read' | 'lease'>,
  id: string,
): Promise<KillProof | null> => {
  const kill = await readKill(read, id)
  if (!kill) return null
  // Before the confirmations: one that comes in between is seen there.
  const atWork = lease.alone ? [] : await lease.atWork()
  const proof = (await proofsOf(read, id)).find(({ type }) => type === 'story.killed')
  const confirmations = proof?.confirmations ?? []
  const startedBefore = atWork.filter(({ startedAt }) => proof !== undefined && startedAt <= proof.at)
  const waitingFor = startedBefore.filter(({ id }) => !confirmations.some(({ houseId }) => houseId === id))
  return {
    id,
    ...kill,
    surfaces: SURFACES,
    recalledAt: proof?.at ?? kill.at,
    confirmations,
    waitingFor: waitingFor.map(({ name }) => name),
  }
}
