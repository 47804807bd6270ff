/** One segment of a media playlist. */
type PlaylistSegment = {
  uri: string
  /** Seconds. */
  duration: number
  /** Wall time of its first sample, milliseconds since the Unix epoch. */
  programDateTime: number
  /** The sound before it is of another run: time stamps, decoder state or codec begin anew. */
  discontinuity?: boolean
  /** fMP4: its init segment, where it differs from the one before. */
  map?: { uri: string }
}

/** A span of wall time that a player may show: a track, a program. */
type PlaylistDateRange = {
  id: string
  class?: string
  /** Milliseconds since the Unix epoch. */
  startDate: number
  /** Seconds; left out while it is not over. */
  duration?: number
  /** Client attributes by name, `X-` included. */
  attributes?: Record<string, string>
}

/** What `writeMediaPlaylist` writes. */
export type MediaPlaylist = {
  version: number
  /** Seconds; constant for the life of the playlist, and no segment may round to more. */
  targetDuration: number
  mediaSequence: number
  discontinuitySequence: number
  /** No more segments will be added. */
  ended?: boolean
  type?: 'EVENT' | 'VOD'
  map?: { uri: string }
  segments: readonly PlaylistSegment[]
  dateRanges?: readonly PlaylistDateRange[]
}

const isoTime = (ms: number): string => new Date(ms).toISOString()

// RFC 8216 §4.2: a quoted-string has no escape, and cannot hold these.
const quoted = (text: string): string => `"${text.replaceAll(/["\r\n]/g, encodeURIComponent)}"`

const uriLine = (uri: string): string => uri.replaceAll(/[\r\n]/g, encodeURIComponent)

const mapLine = ({ uri }: { uri: string }): string => `#EXT-X-MAP:URI=${quoted(uri)}`

const dateRangeLine = (range: PlaylistDateRange): string => {
  const attributes = [
    `ID=${quoted(range.id)}`,
    ...(range.class === undefined ? [] : [`CLASS=${quoted(range.class)}`]),
    `START-DATE=${quoted(isoTime(range.startDate))}`,
    ...(range.duration === undefined ? [] : [`DURATION=${range.duration.toFixed(3)}`]),
    ...Object.entries(range.attributes ?? {}).map(([name, value]) => `${name}=${quoted(value)}`),
  ]
  return `#EXT-X-DATERANGE:${attributes.join(',')}`
}

const segmentLines = (segment: PlaylistSegment): string[] => [
  ...(segment.discontinuity === true ? ['#EXT-X-DISCONTINUITY'] : []),
  ...(segment.map === undefined ? [] : [mapLine(segment.map)]),
  `#EXT-X-PROGRAM-DATE-TIME:${isoTime(segment.programDateTime)}`,
  `#EXTINF:${segment.duration.toFixed(5)},`,
  uriLine(segment.uri),
]

/** A media playlist (RFC 8216 §4.3). Every segment has its wall time, so that a deep window stays on the clock. */
export const writeMediaPlaylist = (playlist: MediaPlaylist): string => {
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${playlist.version}`,
    `#EXT-X-TARGETDURATION:${playlist.targetDuration}`,
    `#EXT-X-MEDIA-SEQUENCE:${playlist.mediaSequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`,
    ...(playlist.type === undefined ? [] : [`#EXT-X-PLAYLIST-TYPE:${playlist.type}`]),
    ...(playlist.map === undefined ? [] : [mapLine(playlist.map)]),
    ...(playlist.dateRanges ?? []).map(dateRangeLine),
    ...playlist.segments.flatMap(segmentLines),
    ...(playlist.ended === true ? ['#EXT-X-ENDLIST'] : []),
  ]
  return `${lines.join('\n')}\n`
}
