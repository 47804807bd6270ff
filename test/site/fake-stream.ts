import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMp3Encoder } from 'wasm-media-encoders'

const RATE = 44_100
const SECONDS = 4

/** Some seconds of a quiet tone as MP3. */
export const toneMp3 = async (seconds = SECONDS): Promise<Buffer> => {
  const encoder = await createMp3Encoder()
  encoder.configure({ sampleRate: RATE, channels: 1, bitrate: 64 })
  const samples = Float32Array.from(
    { length: RATE * seconds },
    (_, index) => 0.1 * Math.sin((index * 2 * Math.PI * 440) / RATE),
  )
  return Buffer.concat([Buffer.from(encoder.encode([samples])), Buffer.from(encoder.finalize())])
}

export type FakeStream = {
  url: string
  listeners(): number
  /** Connections since the start. */
  total(): number
  /** Ends every connection; with `refuse`, new ones get 404 until it is false again. */
  cut(refuse?: boolean): void
  accept(): void
  stop(): Promise<void>
}

/** An air that plays one tone for ever on every path, at the speed it sounds. */
export const startFakeStream = async (): Promise<FakeStream> => {
  const tone = await toneMp3()
  const listeners = new Set<ServerResponse>()
  let isRefusing = false
  let total = 0
  const server = createServer((request, response) => {
    if (isRefusing || !request.url?.includes('.mp3')) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'audio/mpeg', 'cache-control': 'no-store' })
    response.write(tone)
    total += 1
    listeners.add(response.on('close', () => listeners.delete(response)))
  })
  const timer = setInterval(() => {
    for (const response of listeners) response.write(tone)
  }, SECONDS * 1000)
  server.listen(0)
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    listeners: () => listeners.size,
    total: () => total,
    cut(refuse = false) {
      isRefusing = refuse
      for (const response of listeners) response.destroy()
    },
    accept: () => void (isRefusing = false),
    async stop() {
      clearInterval(timer)
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
