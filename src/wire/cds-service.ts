import { guardedFetch } from '../base/fetch.ts'
import type { Fetched } from '../base/fetch.ts'
import { GroundwaveError } from '../base/errors.ts'
import { documentAddress, documentsAddress, readAnswer } from '../formats/news/cds-query.ts'
import type { CdsPiece, CdsQuery } from '../formats/news/cds-query.ts'

/** The service could not be asked, or its answer is of no use: it says nothing about any document. */
export class ServiceTrouble extends Error {
  /** How long the service wants to be left alone, ms; null when it does not say. */
  readonly wait: number | null

  constructor(message: string, { wait = null, cause }: { wait?: number | null; cause?: unknown } = {}) {
    super(message, { cause })
    this.wait = wait
  }
}

export type CdsService = {
  /** Throws ServiceTrouble. */
  documents(query: CdsQuery): Promise<CdsPiece[]>
  /** One document; `gone` only when the service itself says that it has none. Throws ServiceTrouble. */
  document(id: string): Promise<CdsPiece | 'gone'>
  /** What stands at an address of the Organization Service, which needs no token. Throws ServiceTrouble. */
  organization(href: string): Promise<unknown>
}

export type CdsServiceDeps = {
  /** Its address, without /v1/documents. */
  url: string
  token: string | undefined
  /** Servers at private addresses that may be asked all the same. */
  allow: ReadonlySet<string>
  now: () => number
  signal?: AbortSignal
}

const LIMIT = 64 * 2 ** 20
const TIMEOUT_MS = 30_000

/** NPR's Content Distribution Service, to be asked. */
export const openCdsService = ({ url, token, allow, now, signal }: CdsServiceDeps): CdsService => {
  const get = async (address: string, headers: Record<string, string>): Promise<Fetched> => {
    try {
      return await guardedFetch(address, {
        allow,
        limit: LIMIT,
        timeout: TIMEOUT_MS,
        headers: { accept: 'application/json', ...headers },
        ...(signal && { signal }),
      })
    } catch (error) {
      const text = error instanceof GroundwaveError ? error.message : String(error)
      throw new ServiceTrouble(`The service does not answer. ${text}`, { cause: error })
    }
  }
  const ask = (address: string) => get(address, token ? { authorization: `Bearer ${token}` } : {})
  const refused = ({ status, headers }: Fetched) =>
    new ServiceTrouble(
      status === 401 || status === 403
        ? `The service refuses the token (HTTP ${status}).`
        : `The service answered with HTTP ${status}.`,
      { wait: readRetryAfter(headers['retry-after'], now()) },
    )
  const piecesOf = (answer: Fetched): CdsPiece[] => {
    if (answer.status !== 200) throw refused(answer)
    const pieces = readAnswer(answer.bytes)
    if (!pieces) throw new ServiceTrouble('The answer of the service is broken or cut short.')
    return pieces
  }

  return {
    documents: async (query) => piecesOf(await ask(documentsAddress(url, query))),
    async document(id) {
      const answer = await ask(documentAddress(url, id))
      if (answer.status === 410 || answer.status === 404) {
        // A page of a proxy, or of a wrong address, is not the word of the service.
        const type = answer.headers['content-type'] ?? ''
        if (/html/i.test(type)) throw refused(answer)
        return 'gone'
      }
      const piece = piecesOf(answer).find((one) => one.id === id)
      if (!piece) throw new ServiceTrouble(`The service was asked for ${id} and answered with something else.`)
      return piece
    },
    async organization(href) {
      const answer = await get(href, {})
      if (answer.status !== 200) throw refused(answer)
      try {
        return JSON.parse(answer.bytes.toString('utf8')) as unknown
      } catch (error) {
        throw new ServiceTrouble('The answer about an organisation is no JSON.', { cause: error })
      }
    },
  }
}

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3) → ms from now, at most a day; null when there is none. */
export const readRetryAfter = (value: string | undefined, now: number): number | null => {
  const text = value?.trim() ?? ''
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 86_400_000) : null
}
