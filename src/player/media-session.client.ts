import type { NowStream } from './now.ts'
import type { Radio } from './radio.client.ts'
import { streamLines } from './words.ts'

/** The lock screen, the headset and the keyboard's media keys. */
export const drawMediaSession = (radio: Radio, stream: NowStream | null, station: string): void => {
  if (!('mediaSession' in navigator)) return
  const { mediaSession } = navigator
  const { kind } = radio.state
  mediaSession.playbackState =
    kind === 'idle' ? 'none' : kind === 'live' || kind === 'buffering' ? 'playing' : playbackOf(radio)
  if (kind === 'idle') return
  const metadata = radio.track
    ? { title: radio.track.title, artist: radio.track.about, album: station }
    : liveOf(stream, station)
  if (!metadata) return
  const { metadata: shown } = mediaSession
  if (!shown || shown.title !== metadata.title || shown.artist !== metadata.artist)
    mediaSession.metadata = new MediaMetadata(metadata)
}

const playbackOf = ({ state }: Radio) => (state.kind === 'demand' && !state.isPaused ? 'playing' : 'paused')

const liveOf = (stream: NowStream | null, station: string): MediaMetadataInit | null => {
  if (!stream) return null
  const { plays, who } = streamLines(stream)
  const picture = stream.now?.picture
  const artwork = picture ? [{ src: new URL(`/pictures/${encodeURIComponent(picture)}`, location.href).href }] : []
  return { title: plays, artist: who || stream.title, album: station, artwork }
}

type Actions = { play: () => void; pause: () => void; seekBy: (seconds: number) => void }

export const followMediaKeys = ({ play, pause, seekBy }: Actions): void => {
  if (!('mediaSession' in navigator)) return
  const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler) => {
    try {
      navigator.mediaSession.setActionHandler(action, handler)
    } catch {
      // A browser that does not know this key.
    }
  }
  handle('play', play)
  handle('pause', pause)
  handle('stop', pause)
  handle('seekbackward', ({ seekOffset }) => seekBy(-(seekOffset ?? 15)))
  handle('seekforward', ({ seekOffset }) => seekBy(seekOffset ?? 30))
}
