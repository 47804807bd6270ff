// What the browser remembers for the listener. Storage may be refused: then nothing is remembered, and all works.

const read = (storage: () => Storage, key: string): string | null => {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}

const write = (storage: () => Storage, key: string, value: string | null): void => {
  try {
    if (value === null) storage().removeItem(key)
    else storage().setItem(key, value)
  } catch {
    // Refused or full.
  }
}

const local = () => localStorage
const session = () => sessionStorage

/** The stream last listened to. */
export const rememberedStream = (): string | null => read(local, 'gw.stream')
export const rememberStream = (name: string): void => write(local, 'gw.stream', name)

/** Volume from 0 to 1. */
export const rememberedVolume = (): number => {
  const volume = Number.parseFloat(read(local, 'gw.volume') ?? '1')
  return volume >= 0 && volume <= 1 ? volume : 1
}
export const rememberVolume = (volume: number): void => write(local, 'gw.volume', String(volume))

/** The stream that was playing when this page was left by a full load, if that was moments ago. */
export const takePlaying = (): string | null => {
  const [at = '0', name = ''] = (read(session, 'gw.playing') ?? '').split(' ')
  write(session, 'gw.playing', null)
  return name && Date.now() - Number(at) < 15_000 ? name : null
}
export const leavePlaying = (name: string): void => write(session, 'gw.playing', `${Date.now()} ${name}`)

/** `?engine=hls` on any page forces a way of playing for this window; tests use it. */
export const forcedEngine = (): string | null => {
  const asked = new URLSearchParams(location.search).get('engine')
  if (asked) write(session, 'gw.engine', asked)
  return read(session, 'gw.engine')
}
