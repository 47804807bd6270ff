import type { NowProgram, NowStream } from './now.ts'

// Server and player say the same thing in the same words: everything here is pure and runs in both.

const parts = new Map<string, Intl.DateTimeFormat>()

const hourAndMinute = (at: number, zone: string) => {
  let format = parts.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
    parts.set(zone, format)
  }
  const [hour = '0', minute = '00'] = format.format(at).split(':')
  return { hour: Number(hour) % 24, minute }
}

/** `4:42 pm`, `7:00 pm`, `noon`, `midnight`. `at` in milliseconds since the Unix epoch. */
export const clockTime = (at: number, zone: string): string => {
  const { hour, minute } = hourAndMinute(at, zone)
  if (minute === '00' && hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon'
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'am' : 'pm'}`
}

/** As `clockTime`, but full hours without minutes: `7 pm`. */
export const shortTime = (at: number, zone: string): string => clockTime(at, zone).replace(':00', '')

/** A running or total time: `42:16`, `2:30:00`. */
export const span = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The same for the ear: `2 hours 30 minutes`, `4 minutes 12 seconds`. */
export const spanInWords = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const count = (n: number, word: string) => (n ? [`${n} ${word}${n === 1 ? '' : 's'}`] : [])
  const words = [
    ...count(Math.floor(seconds / 3600), 'hour'),
    ...count(Math.floor(seconds / 60) % 60, 'minute'),
    ...(seconds < 3600 ? count(seconds % 60, 'second') : []),
  ]
  return words.join(' ') || '0 seconds'
}

/** Ends a sentence that has no end: `How salt remembers` → `How salt remembers.` */
export const sentence = (text: string): string => (text === '' || /[.!?…”"]$/.test(text) ? text : `${text}.`)

/** The first sentence of a text: what it is about, where there is little room. */
export const firstSentence = (text: string): string => /^.*?[.!?…](?=\s|$)/s.exec(text)?.[0] ?? text

/** `with Mina Castellane`, or nothing. */
export const withHost = (host: string): string => (host ? `with ${host}` : '')

/** `Artist - Title` taken apart; null when it is no song. */
export const songOf = (streamTitle: string | null): { artist: string; title: string } | null => {
  const at = streamTitle?.indexOf(' - ') ?? -1
  if (!streamTitle || at <= 0) return null
  const [artist, title] = [streamTitle.slice(0, at).trim(), streamTitle.slice(at + 3).trim()]
  return artist && title ? { artist, title } : null
}

const songLine = (song: { artist: string; title: string }) =>
  `“${song.title}${/[.!?…,]$/.test(song.title) ? '' : ','}” ${song.artist}`

/** What a stream plays and who plays it, in two lines: the song where there is one, else the programme. */
export const streamLines = (stream: NowStream): { plays: string; who: string } => {
  const { now } = stream
  const song = now?.kind === 'talk' ? null : songOf(stream.streamTitle)
  if (song && now) return { plays: songLine(song), who: [now.title, withHost(now.host)].filter(Boolean).join(' ') }
  if (song) return { plays: song.title, who: song.artist }
  if (now) return { plays: now.title, who: withHost(now.host) }
  return { plays: stream.streamTitle ?? stream.title, who: '' }
}

/** The bar's one line: the programme's name, then its host or the song. */
export const barLine = (stream: NowStream): { what: string; who: string } => {
  const { plays, who } = streamLines(stream)
  if (!stream.now) return { what: plays, who }
  return { what: stream.now.title, who: plays === stream.now.title ? who : plays }
}

/** `Next, 6:30 pm` and `County Line`, with the day's name left to the page. */
export const nextLine = (next: NowProgram, zone: string) => ({
  when: shortTime(Date.parse(next.start), zone),
  what: next.title,
})

/** `Oxbow News 90.3`: the stream under the knob. */
export const streamName = ({ title, label }: Pick<NowStream, 'title' | 'label'>): string =>
  `${title} ${label.replace(/ (FM|AM)$/, '')}`.trim()

/** Names without the words all of them begin with: `Oxbow News`, `Oxbow Music` → `News`, `Music`. */
export const shortNames = (titles: string[]): string[] => {
  const words = titles.map((title) => title.split(' '))
  let same = 0
  while (words.length > 1 && words.every((list) => list.length > same + 1 && list[same] === words[0]?.[same])) same += 1
  return words.map((list) => list.slice(same).join(' '))
}

/** What a stream plays where three words have room: the song, else the programme. */
export const tabLine = ({ now, streamTitle, up }: NowStream): string =>
  up ? ((now?.kind === 'talk' ? null : songOf(streamTitle)?.title) ?? now?.title ?? streamTitle ?? '') : 'Off the air'
