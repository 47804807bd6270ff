import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import { createIds } from '../base/ids.ts'
import { createLog } from '../base/log.ts'
import { loadConfig } from '../config/load.ts'
import { hashPassword } from '../config/password.ts'
import { openPeople } from '../people/people.ts'
import { openStore } from '../store/store.ts'

/** `init DIR`: a new station's folder, and on the screen what to type into the encoder. */
export const init = async (folder = process.env['GROUNDWAVE_DATA']): Promise<number> => {
  if (!folder) throw new GroundwaveError('USAGE', '(init DIR)')
  const file = join(folder, 'groundwave.yaml')
  if (existsSync(file)) throw new GroundwaveError('FOLDER_NOT_EMPTY', `(${file})`)
  const source = newPassword()
  const admin = newPassword()
  mkdirSync(join(folder, 'stories'), { recursive: true })
  mkdirSync(join(folder, 'pictures'), { recursive: true })
  mkdirSync(join(folder, 'audio'), { recursive: true })
  writeFileSync(file, template({ source: hashPassword(source), admin: hashPassword(admin) }), { mode: 0o600 })
  process.stdout.write(nextSteps({ folder: resolve(folder), source, admin, link: await firstSignIn(folder) }))
  return 0
}

/** The link by which the station's first admin signs in, once it is served; null where the database is not there yet. */
const firstSignIn = async (folder: string): Promise<string | null> => {
  const config = loadConfig(folder, process.env)
  const clock = systemClock
  const deps = { clock, ids: createIds({ clock }), log: createLog({ clock, part: 'init' }) }
  const url = process.env['GROUNDWAVE_DATABASE'] || config.database
  try {
    const store = await openStore({ ...deps, url, folder: config.folder })
    try {
      const people = openPeople({ ...deps, store, random: randomBytes, secure: false })
      const link = await people.firstAdminLink()
      return link && new URL(link.path, `http://localhost:${config.house.port}`).href
    } finally {
      await store.stop()
    }
  } catch (error) {
    // `serve` prints one as well.
    if (error instanceof GroundwaveError && error.code === 'DATABASE_UNREACHABLE') return null
    throw error
  }
}

// Without 0/O, 1/l: it will be read aloud and typed by hand.
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join(
    '-',
  )

// As it was called: from a checkout, or as an installed program.
const command = process.env['npm_lifecycle_event'] === 'groundwave' ? 'npm run groundwave --' : 'groundwave'

type Steps = { folder: string; source: string; admin: string; link: string | null }

const nextSteps = ({ folder, source, admin, link }: Steps): string => `
Your station stands in ${folder}.
Its passwords are shown this once; the file keeps only their hashes.

  Type this into your encoder (BUTT: Settings > Main > Server > Add):
    Type         Icecast
    Address      this machine's name or address (localhost, if BUTT runs here)
    Port         8000
    Password     ${source}
    Mountpoint   /live.mp3
    User         source
    Codec        MP3, 128 kb/s, 44100 Hz, stereo

  Status pages (/admin/stats): user "admin", password ${admin}

Next:
  ${command} serve ${folder}     put it on the air; the site is at http://localhost:8080/
  ${command} doctor ${folder}    see whether everything is in place
${link ? `\nThen sign in as its first admin, by this link, which works once and for seven days:\n  studio: first sign-in ${link}\n` : ''}
Write your station's name and its week into ${join(folder, 'groundwave.yaml')}; every line there is explained.
`

const template = ({
  source,
  admin,
}: {
  source: string
  admin: string
}): string => `# Your station. groundwave.example.yaml in the program explains every key there is;
# "groundwave check" names whatever is wrong in this file, by its line.

station:
  # What is on the nameplate, and the line above it.
  name: My Station
  line: Your source for news and music
  # The time zone the schedule is written in, as in America/Chicago.
  zone: ${Intl.DateTimeFormat().resolvedOptions().timeZone}
  # The site's public address, once it has one: https://www.example.org
  # url: https://www.example.org

house:
  # The site.
  port: 8080

air:
  # Encoders send to this port, and listeners hear from it. Shoutcast encoders use the next one up.
  port: 8000
  # For /admin/stats and /admin/listclients. To choose your own, write it here in plain words, in quotes.
  admin: { user: admin, password: '${admin}' }

mounts:
  # One entry for each stream. The ending says what it carries: .mp3, .aac, .ogg, .opus or .flac.
  - path: /live.mp3
    name: My Station
    # What the encoder logs in with.
    source: { user: source, password: '${source}' }
    # Where to turn when the encoder is lost: other mounts, or a file (MP3, same rate) that is played round and round.
    # backups: [/backup.mp3]
    # file: audio/we-will-be-back.mp3
    # How long everything that went out is kept.
    archive: { keep: 14d }

sections:
  - { id: news, name: News }

# Your programs, each under a short name that the schedule uses.
programs:
  morning:
    name: The Morning
    host: ''
    summary: ''

# The week of each stream (here /live.mp3), in the station's time. "24:00" is the end of a day.
schedule:
  live:
    - { days: [mon, tue, wed, thu, fri], start: '06:00', end: '09:00', program: morning }
`
