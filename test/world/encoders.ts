import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { startProgram, type Program } from './programs.ts'
import { SOURCE_PASSWORD } from './station.ts'
import { tone, type ToneName } from './tones.ts'
import { sleep } from './wait.ts'

export type Codec = 'mp3' | 'aac' | 'vorbis' | 'opus' | 'flac'

export const FORMATS: Record<Codec, { muxer: string; type: string; family: 'mp3' | 'aac' | 'ogg'; extension: string }> =
  {
    mp3: { muxer: 'mp3', type: 'audio/mpeg', family: 'mp3', extension: 'mp3' },
    aac: { muxer: 'adts', type: 'audio/aac', family: 'aac', extension: 'aac' },
    vorbis: { muxer: 'ogg', type: 'application/ogg', family: 'ogg', extension: 'ogg' },
    opus: { muxer: 'ogg', type: 'application/ogg', family: 'ogg', extension: 'opus' },
    flac: { muxer: 'ogg', type: 'application/ogg', family: 'ogg', extension: 'flac' },
  }

export type EncoderOrder = {
  port: number
  path: string
  codec: Codec
  /** Instead of the codec's own tone. */
  toneName?: ToneName
  /** More options of ffmpeg's output, before the address. */
  options?: string[]
  user?: string
  password?: string
}

/** ffmpeg sends a tone round and round in real time, untouched, as an Icecast source. */
export const startEncoder = async ({
  port,
  path,
  codec,
  toneName,
  options = [],
  user = 'source',
  password = SOURCE_PASSWORD,
}: EncoderOrder): Promise<Program> => {
  const { muxer, type } = FORMATS[codec]
  const input = ['-nostdin', '-v', 'error', '-re', '-stream_loop', '-1', '-i', await tone(toneName ?? codec)]
  const output = ['-c', 'copy', '-f', muxer, '-content_type', type, ...options]
  return startProgram('ffmpeg', [...input, ...output, `icecast://${user}:${password}@127.0.0.1:${port}${path}`])
}

/** ffmpeg plays a tone in real time into its standard output, for programs that carry bytes. */
export const startPlayback = async (): Promise<Program> => {
  const input = ['-nostdin', '-v', 'error', '-re', '-i', await tone('mp3')]
  return startProgram('ffmpeg', [...input, '-c', 'copy', '-f', 'mp3', '-'], { binary: true })
}

export const basic = (user: string, password: string): string =>
  `Authorization: Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

export type RawSource = {
  socket: Socket
  /** All that the server answered. */
  answer(): string
  open(): boolean
  /** Sends bytes at so many bytes a second until they end or the connection does. */
  send(bytes: Buffer, bytesPerSecond: number): Promise<void>
  close(): void
}

/** A source that says exactly what it is told to: for what no proper encoder would do. */
export const rawSource = async ({ port, head }: { port: number; head: string | Buffer }): Promise<RawSource> => {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.setNoDelay(true)
  let answer = ''
  let open = true
  socket.on('error', () => {})
  socket.once('close', () => (open = false))
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  await once(socket, 'connect')
  socket.write(head)
  return {
    socket,
    answer: () => answer,
    open: () => open,
    async send(bytes, bytesPerSecond) {
      const began = performance.now()
      for (let at = 0; at < bytes.length && !socket.destroyed;) {
        const due = Math.min(bytes.length, Math.ceil(((performance.now() - began) / 1000) * bytesPerSecond))
        if (due > at) {
          // oxlint-disable-next-line no-await-in-loop -- a sender waits for its socket
          if (!socket.write(bytes.subarray(at, due)))
            await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {})
          at = due
        }
        // oxlint-disable-next-line no-await-in-loop -- paced on purpose
        await sleep(20)
      }
    },
    close: () => socket.destroy(),
  }
}

/** The head of a login as an encoder sends it. */
export const sourceHead = (
  path: string,
  {
    type = 'audio/mpeg',
    method = 'SOURCE',
    more = [],
  }: { type?: string; method?: 'SOURCE' | 'PUT'; more?: string[] } = {},
): string =>
  `${[`${method} ${path} HTTP/1.${method === 'PUT' ? 1 : 0}`, basic('source', SOURCE_PASSWORD), `Content-Type: ${type}`, 'User-Agent: Raw/1', ...more].join('\r\n')}\r\n\r\n`
