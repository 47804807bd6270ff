import { get, type IncomingMessage } from 'node:http'
import { waitFor } from '../world/wait.ts'
import type { NowAnswer } from '../../src/api/now-answer.ts'

// What others ask of a station, as they ask it.

export type NowStream = NowAnswer['streams'][number]

/** `/api/v1/now`, one stream of it. */
export const askNow = async (house: string, name: string): Promise<NowStream> => {
  const answer = (await (await fetch(`${house}/api/v1/now`)).json()) as NowAnswer
  return streamOf(answer, name)
}

const streamOf = (answer: NowAnswer, name: string): NowStream => {
  const stream = answer.streams.find((one) => one.name === name)
  if (!stream) throw new Error(`The house tells of no stream called ${name}.`)
  return stream
}

/** Waits until the house says so of a stream. */
export const nowBecomes = (
  house: string,
  name: string,
  is: (stream: NowStream) => boolean,
  ms = 10_000,
): Promise<NowStream> => {
  let last: NowStream | null = null
  return waitFor(
    `what the house says of ${name}`,
    async () => {
      last = await askNow(house, name).catch(() => null)
      return last && is(last) ? last : null
    },
    { ms, about: () => JSON.stringify(last) },
  )
}

export type Follower = {
  /** Every `now` so far, one stream of it. */
  heard(name: string): NowStream[]
  /** How many connections brought at least one event. */
  connections(): number
  close(): void
}

/** An EventSource as browsers have it (WHATWG HTML §9.2): comes back by itself after the `retry` it was told. */
export const follow = (house: string): Follower => {
  const answers: NowAnswer[] = []
  let connections = 0
  let retry = 3000
  let closed = false
  let response: IncomingMessage | null = null
  let timer: NodeJS.Timeout | undefined
  const open = () => {
    let isFirst = true
    let isOver = false
    let rest = ''
    const again = () => {
      if (!closed && !isOver) timer = setTimeout(open, retry)
      isOver = true
    }
    const request = get(`${house}/api/v1/events`, { agent: false, headers: { accept: 'text/event-stream' } }, (res) => {
      response = res
      res.setEncoding('utf8').on('data', (text: string) => {
        const events = (rest + text).split('\n\n')
        rest = events.pop() ?? ''
        for (const event of events) {
          const fields = new Map(event.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w*: ?/, '')]))
          retry = Number(fields.get('retry') ?? retry)
          if (fields.get('event') !== 'now') continue
          if (isFirst) connections++
          isFirst = false
          answers.push(JSON.parse(fields.get('data') ?? 'null') as NowAnswer)
        }
      })
      res.on('error', () => {})
      res.once('close', again)
    })
    request.once('error', again)
  }
  open()
  return {
    heard: (name) => answers.map((answer) => streamOf(answer, name)),
    connections: () => connections,
    close() {
      closed = true
      clearTimeout(timer)
      response?.destroy()
    },
  }
}

/** A new title, as an encoder's software sends it to Icecast. */
export const sendTitle = async (
  air: string,
  { mount, title, password }: { mount: string; title: string; password: string },
): Promise<void> => {
  const query = new URLSearchParams({ mount, mode: 'updinfo', song: title })
  const answer = await fetch(`${air}/admin/metadata?${query}`, {
    headers: { authorization: `Basic ${Buffer.from(`source:${password}`).toString('base64')}` },
  })
  if (!answer.ok) throw new Error(`The title was refused: ${answer.status} ${await answer.text()}`)
}
