import type { AudioFormat } from '../formats/audio/frame.ts'
import type { Mount } from './mount.ts'

export type StatusFacts = {
  mounts: Mount[]
  base: string
  stationUrl: string | undefined
  started: number
  location: string
  admin: string
}

type Entry = Record<string, string | number | null>

const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000')
const rfc = (ms: number) => new Date(ms).toUTCString().replace('GMT', '+0000')

const SUBTYPES = { mp3: '', aac: '', vorbis: 'Vorbis', opus: 'Opus', flac: 'FLAC' }

// A rate that is not known is left out: programs read the number.
const audioInfo = ({ channels, rate }: AudioFormat, kbps: number): string =>
  `channels=${channels};samplerate=${rate}${kbps > 0 ? `;bitrate=${kbps}` : ''}`

const oggFacts = ({ codec, channels, rate }: AudioFormat, kbps: number): Entry => ({
  audio_channels: channels,
  audio_samplerate: rate,
  subtype: SUBTYPES[codec],
  ...(kbps > 0 ? { audio_bitrate: kbps * 1000, 'ice-bitrate': kbps } : {}),
})

/** Facts of one mount under Icecast's names; those of Ogg mounts as 2.4 gives them. */
const entryOf = (mount: Mount, { base, stationUrl }: StatusFacts): Entry => {
  const { format } = mount.epoch ?? {}
  const since = mount.source.holder?.since ?? mount.view().since
  const type = {
    mp3: 'audio/mpeg',
    aac: 'audio/aac',
    vorbis: 'application/ogg',
    opus: 'application/ogg',
    flac: 'application/ogg',
  }
  const kbps = Math.round(format?.kbps ?? 0)
  return {
    ...(format ? { audio_info: audioInfo(format, kbps) } : {}),
    ...(format && type[format.codec] === 'application/ogg' ? oggFacts(format, kbps) : {}),
    ...(kbps > 0 ? { bitrate: kbps } : {}),
    genre: mount.facts.genre ?? mount.config.genre,
    listener_peak: mount.fanOut.peak,
    listeners: mount.view().listeners,
    listenurl: `${base}${mount.path}`,
    server_description: mount.facts.description ?? mount.config.description,
    server_name: mount.facts.name ?? mount.config.name,
    server_type: format ? type[format.codec] : '',
    server_url: mount.facts.url ?? stationUrl ?? '',
    stream_start: rfc(since),
    stream_start_iso8601: iso(since),
    ...(mount.title === null ? {} : { title: mount.title }),
  }
}

const onAir = (facts: StatusFacts): Mount[] => facts.mounts.filter((mount) => mount.epoch !== null)

/**
 * `/status-json.xsl` in the shape of Icecast 2.4: `source` is missing without sources, an object with one, an
 * array with several, and every entry ends with `"dummy": null`.
 */
export const statusJson = (facts: StatusFacts): string => {
  const entries = onAir(facts).map((mount) => ({ ...entryOf(mount, facts), dummy: null }))
  const source = entries.length === 0 ? {} : { source: entries.length === 1 ? entries[0] : entries }
  const { admin, location, started } = facts
  return JSON.stringify({
    icestats: {
      admin,
      host: new URL(facts.base).hostname,
      location,
      server_id: 'Groundwave',
      server_start: rfc(started),
      server_start_iso8601: iso(started),
      ...source,
    },
  })
}

/** `/admin/stats`: the same facts and more, as Icecast's XML. */
export const statsXml = (facts: StatusFacts): string => {
  const sources = onAir(facts)
  const globals = {
    admin: facts.admin,
    clients: sources.reduce((sum, mount) => sum + mount.fanOut.count, 0),
    host: new URL(facts.base).hostname,
    listeners: sources.reduce((sum, mount) => sum + mount.view().listeners, 0),
    location: facts.location,
    server_id: 'Groundwave',
    server_start: rfc(facts.started),
    server_start_iso8601: iso(facts.started),
    sources: sources.length,
  }
  const entries = sources.map((mount) => {
    const more = {
      max_listeners: 'unlimited',
      public: mount.config.public ? 1 : 0,
      slow_listeners: mount.fanOut.dropped,
      source_ip: mount.source.holder?.address ?? '',
      total_bytes_sent: mount.fanOut.bytesSent,
      user_agent: mount.source.holder?.agent ?? '',
    }
    return `<source mount="${xml(mount.path)}">${elements({ ...entryOf(mount, facts), ...more })}</source>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<icestats>${elements(globals)}${entries.join('')}</icestats>\n`
}

/** `/admin/listmounts`. */
export const listMountsXml = (facts: StatusFacts, now: number): string => {
  const entries = onAir(facts).map((mount) => {
    const connected = Math.round((now - (mount.source.holder?.since ?? mount.view().since)) / 1000)
    const type = entryOf(mount, facts)['server_type'] ?? ''
    return `<source mount="${xml(mount.path)}"><fallback>${xml(mount.config.backups[0] ?? '')}</fallback><listeners>${mount.view().listeners}</listeners><Connected>${connected}</Connected><content-type>${xml(String(type))}</content-type></source>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<icestats>${entries.join('')}</icestats>\n`
}

/** `/admin/listclients?mount=`: upper-case element names as in Icecast 2.4. */
export const listClientsXml = (mount: Mount, now: number): string => {
  const clients = mount.fanOut
    .listeners()
    .map(
      (listener) =>
        `<listener id="${listener.id}"><IP>${xml(listener.address)}</IP><UserAgent>${xml(listener.agent)}</UserAgent><Connected>${Math.round((now - listener.since) / 1000)}</Connected><ID>${listener.id}</ID></listener>`,
    )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<icestats><source mount="${xml(mount.path)}"><Listeners>${mount.fanOut.count}</Listeners>${clients.join('')}</source></icestats>\n`
}

const elements = (facts: Entry): string =>
  Object.entries(facts)
    .map(([name, value]) => `<${name}>${xml(String(value ?? ''))}</${name}>`)
    .join('')

const xml = (text: string): string =>
  text.replaceAll(/[<>&"]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[sign]!)
