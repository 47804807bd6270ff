import { forcedEngine } from './memory.client.ts'
import type { NowStream } from './now.ts'

/** A way to get a stream into the `audio` element. */
export type EngineName = 'progressive' | 'hls' | 'hlsjs'

/** Ends the attachment and the connection with it. */
export type Detach = () => void

const HLS_TYPE = 'application/vnd.apple.mpegurl'
const types: Record<string, string> = {
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  vorbis: 'audio/ogg; codecs=vorbis',
  opus: 'audio/ogg; codecs=opus',
  flac: 'audio/ogg; codecs=flac',
}

/**
 * Ways to try, best first. The plain stream where the browser plays it well: MP3 and AAC outside Safari.
 * Safari keeps asking plain streams for ranges, and browsers stop at the joints of chained Ogg: there HLS comes first.
 * What has worked before comes before all. That a browser says it plays HLS does not mean it plays this one (Chromium: no packed MP3), so the next is tried.
 */
export const enginesFor = (audio: HTMLAudioElement, stream: NowStream, worked?: EngineName): EngineName[] => {
  const hasHls = stream.hls !== null
  const can: Record<EngineName, boolean> = {
    progressive: audio.canPlayType(types[stream.codec ?? 'mp3'] ?? '') !== '',
    hls: hasHls && audio.canPlayType(HLS_TYPE) !== '',
    hlsjs: hasHls && 'MediaSource' in globalThis,
  }
  const forced = forcedEngine()
  if (forced === 'progressive' || forced === 'hls' || forced === 'hlsjs') return [forced]
  const isPlain = stream.codec !== 'opus' && stream.codec !== 'flac'
  const isSafari = can.hls && navigator.vendor.startsWith('Apple')
  const order: EngineName[] = isPlain && !isSafari ? ['progressive', 'hls', 'hlsjs'] : ['hls', 'hlsjs', 'progressive']
  const possible = [...new Set(worked ? [worked, ...order] : order)].filter((name) => can[name])
  return possible.length ? possible : ['progressive']
}

type AttachOptions = { plain: string; hls: string; onFailure: () => void }

/** Begins to load; failures of the element itself are the caller's to hear, those of hls.js come by `onFailure`. */
export const attach = (engine: EngineName, audio: HTMLAudioElement, options: AttachOptions): Detach =>
  engine === 'hlsjs' ? attachHlsJs(audio, options) : attachSource(audio, engine === 'hls' ? options.hls : options.plain)

const attachSource = (audio: HTMLAudioElement, url: string): Detach => {
  audio.src = url
  return () => {
    audio.removeAttribute('src')
    // Only a load without a source lets the connection go.
    audio.load()
  }
}

const attachHlsJs = (audio: HTMLAudioElement, { hls, onFailure }: AttachOptions): Detach => {
  let detach: Detach | null = null
  let isWanted = true
  const start = async () => {
    const { default: Hls } = await import('hls.js/light')
    if (!isWanted) return
    const player = new Hls({
      // A worker would come from a blob address, which the page's policy need not allow.
      enableWorker: false,
      // Titles come from the house; cues would need a track of a data address.
      enableID3MetadataCues: false,
      enableEmsgMetadataCues: false,
      enableDateRangeMetadataCues: false,
      backBufferLength: 30,
      liveDurationInfinity: true,
    })
    player.on(Hls.Events.ERROR, (_event, { fatal }) => {
      if (fatal && isWanted) onFailure()
    })
    player.loadSource(hls)
    player.attachMedia(audio)
    detach = () => player.destroy()
  }
  start().catch(() => isWanted && onFailure())
  return () => {
    isWanted = false
    detach?.()
    audio.removeAttribute('src')
    audio.load()
  }
}
