import { z } from 'zod'

const spanText = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'needs a number and a unit: 500ms, 4s, 10m, 12h or 14d')
const seconds = (fallback: string) => spanText.default(fallback).transform(toMs)

/** `4s` → 4000. Units: ms, s, m, h, d. */
function toMs(text: string): number {
  const unit = text.replace(/^[\d.]+/, '')
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 1
  return Math.round(Number.parseFloat(text) * factor)
}

const port = z.int().min(0).max(65_535)
const name = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'needs small letters, digits and hyphens only')
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'needs a time like "16:30" (or "24:00" for the end of the day), in quotes')

const credentials = z.strictObject({
  user: z.string().min(1).default('source'),
  /** Plain, or `scrypt:…` as `groundwave init` writes it. */
  password: z.string().min(1),
})

const mount = z.strictObject({
  path: z
    .string()
    .regex(
      /^\/[\w.~-]+(\/[\w.~-]+)*\.(mp3|aac|ogg|opus|flac)$/,
      'needs a path that ends in .mp3, .aac, .ogg, .opus or .flac',
    ),
  name: z.string().min(1),
  label: z.string().default(''),
  genre: z.string().default(''),
  description: z.string().default(''),
  public: z.boolean().default(true),
  source: credentials,
  backups: z.array(z.string()).default([]),
  file: z.string().optional(),
  automation: z.boolean().default(false),
  silence: z.boolean().default(true),
  linger: seconds('10m'),
  burst: seconds('4s'),
  archive: z.strictObject({ keep: seconds('14d') }).prefault({}),
})

const program = z.strictObject({
  name: z.string().min(1),
  host: z.string().default(''),
  summary: z.string().default(''),
  picture: z.string().optional(),
  kind: z.enum(['talk', 'music']).default('talk'),
  replay: z.boolean().default(true),
})

const airing = z.strictObject({
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  start: clockTime,
  end: clockTime,
  program: name,
  /** What this edition is about, where it is known. */
  episode: z.string().optional(),
})

const alert = z.strictObject({
  level: z.enum(['watch', 'danger']).default('watch'),
  headline: z.string().min(1),
  text: z.string().default(''),
  source: z.string().default(''),
  link: z.string().optional(),
  /** Last moment it is shown, an instant with offset. */
  until: z.iso.datetime({ offset: true }).optional(),
})

const texts = z.array(z.string().min(1))

/** Asking a service for what is new, instead of waiting to be told. */
const wireFetch = z.strictObject({
  url: z.url(),
  token: z.string().min(1).optional(),
  profiles: texts.default(['story']),
  collections: texts.default([]),
  owners: texts.default([]),
  query: z.array(z.string().regex(/^\w+=./, 'needs a parameter such as excludedIds=1001')).default([]),
  every: seconds('1m'),
  overlap: seconds('10m'),
  since: seconds('24h'),
  recheck: seconds('15m'),
})

const wireRoute = z.enum(['desk', 'publish', 'wire'])

/** Where what comes goes. Of several words of one condition any may hold; of several conditions all must. */
export const wireRuleSchema = z.strictObject({
  when: z.strictObject({
    collection: texts.default([]),
    topic: texts.default([]),
    profile: texts.default([]),
    genre: texts.default([]),
  }),
  route: wireRoute.optional(),
  section: name.optional(),
  topics: texts.default([]),
  expire: spanText.transform(toMs).optional(),
  hold: z.boolean().default(false),
})

const wireSource = z.strictObject({
  name: z.string().min(1).optional(),
  format: z.enum(['cds']),
  /** Plain, or `scrypt:…`. */
  token: z.string().min(1).optional(),
  fetch: wireFetch.optional(),
  services: texts.default([]),
  route: wireRoute.default('desk'),
  section: name.default('news'),
  topics: texts.default([]),
  expire: spanText.transform(toMs).optional(),
  hold: z.boolean().default(false),
  rules: z.array(wireRuleSchema).prefault([]),
})

export const configSchema = z.strictObject({
  station: z.strictObject({
    name: z.string().min(1),
    line: z.string().default(''),
    about: z.string().default(''),
    address: z.string().default(''),
    newsroom: z.string().default(''),
    phone: z.string().default(''),
    language: z.string().default('en'),
    zone: z.string().refine(isZone, 'needs an IANA time zone such as America/Chicago').default('UTC'),
    url: z.url().optional(),
    give: z.string().optional(),
  }),
  house: z
    .strictObject({ host: z.string().default('::'), port: port.default(8080), air: z.url().optional() })
    .prefault({}),
  air: z
    .strictObject({
      host: z.string().default('::'),
      port: port.default(8000),
      shoutcast: z.boolean().default(true),
      url: z.url().optional(),
      tick: seconds('500ms'),
      stalled: seconds('2s'),
      lost: seconds('8s'),
      hold_off: seconds('1s'),
      flush: z.enum(['segment', 'never']).default('segment'),
      tls: z.strictObject({ port, cert: z.string(), key: z.string() }).optional(),
      admin: z.strictObject({ user: z.string().default('admin'), password: z.string().min(1) }).optional(),
    })
    .prefault({}),
  mounts: z.array(mount).min(1),
  database: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'needs an address such as postgres://user:password@host/name')
    .optional(),
  sections: z.array(z.strictObject({ id: name, name: z.string().min(1) })).default([{ id: 'news', name: 'News' }]),
  wire: z.record(name, wireSource).prefault({}),
  programs: z.record(name, program).default({}),
  schedule: z.record(name, z.array(airing)).default({}),
  alert: alert.optional(),
})

function isZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** The station's configuration after defaults; durations are milliseconds. */
export type StationConfig = z.infer<typeof configSchema>
export type MountConfig = StationConfig['mounts'][number]
export type ProgramConfig = StationConfig['programs'][string]
export type AiringConfig = NonNullable<StationConfig['schedule'][string]>[number]
export type WireConfig = StationConfig['wire'][string]
export type WireRule = WireConfig['rules'][number]
export type WireFetch = NonNullable<WireConfig['fetch']>
export type AlertConfig = NonNullable<StationConfig['alert']>
