import { walk, type Family } from './frames.ts'

export type HlsSegment = {
  sequence: number
  discontinuity: number
  /** Whole address. */
  url: string
  /** Seconds. */
  duration: number
  /** EXT-X-PROGRAM-DATE-TIME, ms. */
  at: number
  map: string | null
}

export type HlsPlaylist = {
  text: string
  targetDuration: number
  version: number
  ended: boolean
  segments: HlsSegment[]
}

/** Reads a media playlist line by line and fails at the first that breaks a rule (RFC 8216, streaming practice). */
export const readPlaylist = (text: string, base: string): HlsPlaylist => {
  const lines = text.split('\n').filter((line) => line !== '')
  const rule = (kept: boolean, what: string) => {
    if (!kept) throw new Error(`${what}\n${text}`)
  }
  const value = (name: string): number =>
    Number(lines.find((line) => line.startsWith(`#${name}:`))?.slice(name.length + 2) ?? Number.NaN)
  rule(lines[0] === '#EXTM3U', 'The first line is not #EXTM3U.')
  const targetDuration = value('EXT-X-TARGETDURATION')
  const version = value('EXT-X-VERSION')
  rule(Number.isInteger(targetDuration), 'EXT-X-TARGETDURATION is no integer.')
  rule(Number.isInteger(value('EXT-X-MEDIA-SEQUENCE')), 'There is no EXT-X-MEDIA-SEQUENCE.')
  const segments: HlsSegment[] = []
  let sequence = value('EXT-X-MEDIA-SEQUENCE')
  let discontinuity = value('EXT-X-DISCONTINUITY-SEQUENCE') || 0
  let duration = Number.NaN
  let at = Number.NaN
  let map: string | null = null
  for (const line of lines) {
    if (line === '#EXT-X-DISCONTINUITY') discontinuity++
    else if (line.startsWith('#EXTINF:')) {
      rule(/^#EXTINF:\d+\.\d{3,},/.test(line), `EXTINF has fewer than three decimals: ${line}`)
      duration = Number.parseFloat(line.slice(8))
    } else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) at = Date.parse(line.slice(25))
    else if (line.startsWith('#EXT-X-MAP:')) map = new URL(/URI="([^"]+)"/.exec(line)?.[1] ?? '', base).href
    else if (!line.startsWith('#')) {
      rule(Math.round(duration) <= targetDuration, `A segment of ${duration} s is over the target duration.`)
      rule(Number.isFinite(at), `A segment has no EXT-X-PROGRAM-DATE-TIME: ${line}`)
      const last = segments.at(-1)
      if (last) rule(at >= last.at + last.duration * 900, `Time runs backwards or overlaps at ${line}.`)
      // The clock is corrected by at most five per cent, so within a run times must fit the durations.
      if (last?.discontinuity === discontinuity) {
        rule(Math.abs(at - last.at - last.duration * 1000) <= last.duration * 60, `Time jumps within a run at ${line}.`)
      }
      segments.push({ sequence: sequence++, discontinuity, url: new URL(line, base).href, duration, at, map })
      duration = Number.NaN
      at = Number.NaN
    }
  }
  rule(segments.length > 0, 'There are no segments.')
  rule(version >= (map === null ? 3 : 6), 'The version is too low for what it uses.')
  return { text, targetDuration, version, ended: lines.includes('#EXT-X-ENDLIST'), segments }
}

/** The playlist at an address, or null while there is none. */
export const fetchPlaylist = async (url: string): Promise<HlsPlaylist | null> => {
  const response = await fetch(url)
  const text = await response.text()
  return response.ok ? readPlaylist(text, url) : null
}

/** Watches a live playlist over time: what was said once must stay true. */
export class PlaylistWatch {
  readonly #url: string
  readonly segments = new Map<number, HlsSegment>()
  #last: HlsPlaylist | null = null
  polls = 0

  constructor(url: string) {
    this.#url = url
  }

  get edge(): number {
    return Math.max(-1, ...this.segments.keys())
  }

  /** The segments seen so far, oldest first. */
  seen(): HlsSegment[] {
    return [...this.segments.values()].toSorted((a, b) => a.sequence - b.sequence)
  }

  async poll(): Promise<HlsPlaylist | null> {
    const playlist = await fetchPlaylist(this.#url)
    if (!playlist) return null
    this.polls++
    const { segments, text } = playlist
    const fail = (what: string) => {
      throw new Error(`${what}\nbefore:\n${this.#last?.text}\nnow:\n${text}`)
    }
    if (this.#last && this.#last.targetDuration !== playlist.targetDuration) fail('The target duration changed.')
    if (this.#last && segments[0]!.sequence < this.#last.segments[0]!.sequence) fail('The media sequence went back.')
    if (this.edge >= 0 && segments[0]!.sequence > this.edge + 1) fail('Segments were never shown.')
    // Players that have read the end do not ask again (RFC 8216 §4.3.3.4).
    if (this.#last?.ended && segments.at(-1)!.sequence > this.edge) fail('It goes on after its end.')
    for (const segment of segments) {
      const known = this.segments.get(segment.sequence)
      if (known && JSON.stringify(known) !== JSON.stringify(segment))
        fail(`Segment ${segment.sequence} became another.`)
      this.segments.set(segment.sequence, segment)
    }
    this.#last = playlist
    return playlist
  }
}

/** What the ID3 tag before a packed segment says, and the sound after it. */
export type Packed = { timestamp: number | null; title: string | null; frames: Buffer[]; junk: number }

/** Reads a packed-audio segment (RFC 8216 §3.4; ID3v2.4). */
export const readPacked = (bytes: Buffer, family: Family): Packed => {
  if (bytes.toString('latin1', 0, 3) !== 'ID3') throw new Error('The segment does not begin with an ID3 tag.')
  const end = 10 + syncsafe(bytes, 6)
  let timestamp: number | null = null
  let title: string | null = null
  for (let at = 10; at + 10 <= end && bytes[at] !== 0;) {
    const size = syncsafe(bytes, at + 4)
    const body = bytes.subarray(at + 10, at + 10 + size)
    const id = bytes.toString('latin1', at, at + 4)
    const owner = 'com.apple.streaming.transportStreamTimestamp\0'
    if (id === 'PRIV' && body.toString('latin1').startsWith(owner))
      timestamp = Number(body.readBigUInt64BE(owner.length))
    if (id === 'TIT2') title = body.toString(body[0] === 3 ? 'utf8' : 'latin1', 1).replace(/\0$/, '')
    at += 10 + size
  }
  const { frames, lead, junk, rest } = walk(bytes.subarray(end), family)
  return { timestamp, title, frames, junk: lead + junk + rest }
}

const syncsafe = (bytes: Buffer, at: number): number =>
  (bytes[at]! << 21) | (bytes[at + 1]! << 14) | (bytes[at + 2]! << 7) | bytes[at + 3]!
