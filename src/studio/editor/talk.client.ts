import type { Audio, HereAnswer, ListedPhoto, OpenAnswer, PhotoList, SaveAnswer, VersionAnswer } from './shapes.ts'
import type { Batch } from './save-queue.ts'

/** What the house refused, with its code and the way to mend it. */
export class Refusal extends Error {
  readonly code: string
  readonly hint: string
  readonly status: number

  constructor(status: number, { code = '', message = '', hint = '' }: Partial<Record<string, string>>) {
    super(message || 'The house did not take it.')
    this.code = code
    this.hint = hint
    this.status = status
  }
}

/** A house that does not answer for so long is away, ms. */
const PATIENCE_MS = 20_000

/** What the house says; a proxy before it may say something that is no JSON. */
const readSaid = (text: string): unknown => {
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    return {}
  }
}

const ask = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const answer = await fetch(path, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const said = readSaid(await answer.text())
  if (!answer.ok) throw new Refusal(answer.status, (said as { error?: Record<string, string> }).error ?? {})
  return said as T
}

const json = (body: unknown): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Everything a window says to the house about one story. */
export const talkAbout = (story: string) => {
  const base = `/studio/stories/${encodeURIComponent(story)}`
  const copy = (window: string) => `${base}/copies/${encodeURIComponent(window)}`
  const post = <T>(verb: string, body: unknown) => ask<T>(`${base}/${verb}`, { method: 'POST', ...json(body) })
  return {
    open: (window: string) => post<OpenAnswer>('open', { window }),
    here: (window: string, shown: number) => post<HereAnswer>('here', { window, shown }),
    takeOver: (window: string) => post<OpenAnswer>('take-over', { window }),
    handOver: (window: string, to: string) => post<object>('hand-over', { window, to }),
    version: (window: string, over?: number) => post<VersionAnswer>('versions', { window, over }),
    save: (window: string, batch: Batch) => ask<SaveAnswer>(copy(window), { method: 'PUT', ...json(batch) }),
    /** For a window that goes: nothing is waited for. A browser lets at most 64 KiB go out like this; more is kept on the computer. */
    parting: (window: string, batch: Batch | null): void => {
      const options = (body: unknown): RequestInit => ({
        keepalive: true,
        ...json(body),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
      })
      const leave = () => fetch(`${base}/leave`, { method: 'POST', ...options({ window }) }).catch(() => null)
      if (!batch) void leave()
      else void fetch(copy(window), { method: 'PUT', ...options(batch) }).then(leave, leave)
    },
    leave: (window: string) => post<object>('leave', { window }),
  }
}

export type Talk = ReturnType<typeof talkAbout>

export const findPhotos = async (words: string): Promise<ListedPhoto[]> =>
  (await ask<PhotoList>(`/studio/photos.json?q=${encodeURIComponent(words)}`)).photos

export const findSounds = async (words: string): Promise<Audio[]> =>
  (await ask<{ sounds: Audio[] }>(`/studio/audio.json?q=${encodeURIComponent(words)}`)).sounds

/** One recording into the library; `onShare` is told how much of it has gone, 0…1. Throws Refusal. */
export const uploadSound = (file: File, onShare: (share: number) => void): Promise<Audio> =>
  new Promise((done, fail) => {
    // fetch does not tell how far an upload has come.
    const request = new XMLHttpRequest()
    request.open('POST', `/studio/audio?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () =>
      fail(new Refusal(0, { message: 'The line broke; nothing of it was kept.' })),
    )
    request.addEventListener('load', () => {
      const said = readSaid(request.responseText) as Audio & { error?: Record<string, string> }
      if (request.status === 201) return done(said)
      fail(new Refusal(request.status, said.error ?? {}))
    })
    request.send(file)
  })
