import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import * as fc from 'fast-check'
import { GroundwaveError } from '../base/errors.ts'
import { checkConfig, formatProblem, loadConfig } from './load.ts'

const small = `station:
  name: Oxbow Public Radio
mounts:
  - path: /news.mp3
    name: Oxbow News
    source: { password: secret }
`

const told = (text: string) => checkConfig(text).map((problem) => formatProblem(problem))

const inFolder = (text: string | null, use: (folder: string) => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'groundwave-'))
  try {
    if (text !== null) writeFileSync(join(folder, 'groundwave.yaml'), text)
    use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

suite('loadConfig', () => {
  test('fills in defaults, durations in milliseconds', () =>
    inFolder(small, (folder) => {
      const config = loadConfig(folder)
      assert.equal(config.folder, folder)
      assert.equal(config.file, join(folder, 'groundwave.yaml'))
      assert.equal(config.house.port, 8080)
      assert.equal(config.mounts[0]?.burst, 4000)
      assert.equal(config.mounts[0]?.archive.keep, 14 * 86_400_000)
      assert.equal(config.mounts[0]?.source.user, 'source')
    }))

  test("lets the environment's ports win", () =>
    inFolder(`${small}house: { port: 1 }\n`, (folder) => {
      const config = loadConfig(folder, { GROUNDWAVE_HOUSE_PORT: '0', GROUNDWAVE_AIR_PORT: '9000' })
      assert.deepEqual([config.house.port, config.air.port], [0, 9000])
    }))

  test('refuses a port in the environment that is none', () =>
    inFolder(small, (folder) =>
      assert.throws(() => loadConfig(folder, { GROUNDWAVE_AIR_PORT: 'eight' }), /\nGROUNDWAVE_AIR_PORT: needs a port/),
    ))

  test('says that there is no station here', () =>
    inFolder(null, (folder) =>
      assert.throws(
        () => loadConfig(folder),
        (error) => error instanceof GroundwaveError && error.code === 'CONFIG_MISSING',
      ),
    ))

  test('throws every problem at once, a line each, without passwords', () =>
    inFolder(`${small}    burts: 4s\n    linger: ten\n`, (folder) =>
      assert.throws(
        () => loadConfig(folder),
        (error) => {
          assert.ok(error instanceof GroundwaveError && error.code === 'CONFIG_INVALID')
          assert.equal(error.detail?.trim().split('\n').length, 2)
          assert.doesNotMatch(error.message, /secret/)
          return true
        },
      ),
    ))
})

suite('checkConfig', () => {
  test('finds nothing in a good file', () => assert.deepEqual(told(small), []))

  test('treats a key with nothing behind it as not written', () =>
    assert.deepEqual(told(`${small}    backups:\nhouse:\nair:\n  # port: 8000\n`), []))

  const cases: [name: string, text: string, expected: string[]][] = [
    [
      'a duration without unit',
      `${small}    burst: 4\n`,
      ['groundwave.yaml:7:12 mounts[0].burst: needs a number and a unit: 500ms, 4s, 10m, 12h or 14d'],
    ],
    [
      'a duration with a wrong unit',
      `${small}    burst: 4 sec\n`,
      ['groundwave.yaml:7:12 mounts[0].burst: needs a number and a unit: 500ms, 4s, 10m, 12h or 14d'],
    ],
    [
      'a password of digits',
      small.replace('secret', '12345'),
      ['groundwave.yaml:6:25 mounts[0].source.password: needs text (Put it in quotes.)'],
    ],
    [
      'a slip in a key',
      small.replace('name: Oxbow News', 'nmae: Oxbow News'),
      [
        'groundwave.yaml:4:5 mounts[0].name: is missing; it needs text',
        'groundwave.yaml:5:5 mounts[0].nmae: is not a key Groundwave knows (Did you mean "name"?)',
      ],
    ],
    [
      'a key from elsewhere',
      `${small}house: { tls: true }\n`,
      ['groundwave.yaml:7:10 house.tls: is not a key Groundwave knows (There is: host, port, air.)'],
    ],
    [
      'a slip in a choice',
      `${small}alert: { headline: Flood, level: dangr }\n`,
      ['groundwave.yaml:7:34 alert.level: needs one of: watch, danger (Did you mean "danger"?)'],
    ],
    [
      'an empty file',
      '',
      [
        'groundwave.yaml:1:1 station: is missing; it needs keys under it',
        'groundwave.yaml:1:1 mounts: is missing; it needs a list, each item on a line that begins with "-"',
      ],
    ],
    ['a list instead of keys', '- a\n', ['groundwave.yaml:1:1 needs keys under it']],
    ['no mounts', 'station: { name: A }\nmounts: []\n', ['groundwave.yaml:2:9 mounts: needs at least 1']],
    [
      'a port too large',
      `${small}house: { port: 80800 }\n`,
      ['groundwave.yaml:7:16 house.port: must be at most 65535'],
    ],
    [
      'no time zone',
      small.replace('mounts:', '  zone: Tamsin Falls\nmounts:'),
      ['groundwave.yaml:3:9 station.zone: needs an IANA time zone such as America/Chicago'],
    ],
    [
      'YAML that is none',
      'station: [1\nmounts: 2\n',
      ['groundwave.yaml:2:1 flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['the same key twice', `${small}station: { name: B }\n`, ['groundwave.yaml:7:1 map keys must be unique']],
    [
      'an alias of nothing',
      'station: *s\n',
      ['groundwave.yaml:1:10 unresolved alias (the anchor must be set before the alias): s'],
    ],
    [
      'a programme id with capitals',
      `${small}programs: { Ledger: { name: L } }\n`,
      ['groundwave.yaml:7:13 programs.Ledger: needs small letters, digits and hyphens only'],
    ],
    [
      'the same port twice',
      `${small}house: { port: 8001 }\n`,
      ['groundwave.yaml:7:16 house.port: is the port of Shoutcast sources (air.port + 1) too (Give each its own.)'],
    ],
    [
      'the same section twice',
      `${small}sections: [{ id: a, name: A }, { id: a, name: B }]\n`,
      ['groundwave.yaml:7:38 sections[1].id: is the id of sections[0] too'],
    ],
  ]
  for (const [name, text, expected] of cases) test(`names ${name}`, () => assert.deepEqual(told(text), expected))

  const mount = (path: string, more = '') => `  - { path: ${path}, name: N, source: { password: p }${more} }\n`
  const mounts = (...items: string[]) => `station: { name: A }\nmounts:\n${items.join('')}`
  const mountCases: [name: string, text: string, expected: RegExp][] = [
    [
      'a mount written twice',
      mounts(mount('/a.mp3'), mount('/a.mp3')),
      /:4:13 mounts\[1\]\.path: is the path of mounts\[0\] too/,
    ],
    [
      'two mounts of one name',
      mounts(mount('/a.mp3'), mount('/a.aac')),
      /:4:13 mounts\[1\]\.path: is called "a" just like mounts\[0\]/,
    ],
    [
      'a backup that is missing',
      mounts(mount('/news.mp3', ', backups: [/nwes.mp3]')),
      /mounts\[0\]\.backups\[0\]: is no mount of this station \(Did you mean "\/news.mp3"\?\)/,
    ],
    ['a backup that is itself', mounts(mount('/a.mp3', ', backups: [/a.mp3]')), /backups\[0\]: is the mount itself/],
    [
      'a backup in another codec',
      mounts(mount('/a.mp3', ', backups: [/b.aac]'), mount('/b.aac')),
      /backups\[0\]: carries another codec than \/a\.mp3/,
    ],
    [
      'a file in another codec',
      mounts(mount('/a.mp3', ', file: loop.ogg')),
      /mounts\[0\]\.file: needs the codec of \/a\.mp3/,
    ],
  ]
  for (const [name, text, expected] of mountCases)
    test(`names ${name}`, () => {
      assert.equal(told(text).length, 1)
      assert.match(told(text)[0] ?? '', expected)
    })

  test('lets Ogg back up Opus, for the ending does not tell the codec', () =>
    assert.deepEqual(told(mounts(mount('/a.opus', ', backups: [/b.ogg]'), mount('/b.ogg'))), []))
})

suite('the week', () => {
  const week = (airings: string, mount = 'news') =>
    told(`${small}programs: { ledger: { name: Ledger }, bench: { name: Bench } }\nschedule:\n  ${mount}:\n${airings}`)
  const airing = (days: string, start: string, end: string, program = 'ledger') =>
    `    - { days: [${days}], start: '${start}', end: '${end}', program: ${program} }\n`

  test('may touch and may end at 24:00', () =>
    assert.deepEqual(
      week(airing('mon', '00:00', '12:00') + airing('mon', '12:00', '24:00') + airing('tue', '00:00', '01:00')),
      [],
    ))
  test('must not overlap', () =>
    assert.deepEqual(week(airing('mon, tue', '09:00', '11:00') + airing('tue', '10:00', '12:00', 'bench')), [
      'groundwave.yaml:11:7 schedule.news[1]: overlaps schedule.news[0] on tue: ledger, 09:00 to 11:00',
    ]))
  test('must not end before it starts', () =>
    assert.match(
      week(airing('mon', '22:00', '02:00'))[0] ?? '',
      /schedule\.news\[0\]\.end: ends before it starts \(Over midnight/,
    ))
  test('must not go past the end of the day', () =>
    assert.match(week(airing('mon', '22:00', '24:30'))[0] ?? '', /schedule\.news\[0\]\.end: is later than "24:00"/))
  test('must not name a day twice', () =>
    assert.match(week(airing('mon, mon', '22:00', '23:00'))[0] ?? '', /days: names mon twice/))
  test('must name programmes there are', () =>
    assert.match(
      week(airing('mon', '22:00', '23:00', 'leger'))[0] ?? '',
      /"leger" is not under programs \(Did you mean "ledger"/,
    ))
  test('must name mounts there are', () =>
    assert.match(
      week(airing('mon', '22:00', '23:00'), 'musik')[0] ?? '',
      /:9:3 schedule\.musik: is no mount of this station \(There is: news\.\)/,
    ))
  test('is looked at even while something else is wrong', () =>
    assert.equal(week(`${airing('mon', '22:00', '21:00')}house: { prot: 1 }\n`).length, 2))
})

test('whatever is in the file, the answer is a list of problems with places', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.boolean(),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('any'), { maxLength: 3 }),
    map: fc.dictionary(
      fc.constantFrom('station', 'mounts', 'path', 'name', 'schedule', 'news', 'days', 'air', '__proto__'),
      tie('any'),
    ),
  }))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        value.map.map((data) => JSON.stringify(data)),
      ),
      (text) => {
        for (const problem of checkConfig(text)) assert.ok(problem.line >= 1 && problem.column >= 1 && problem.message)
      },
    ),
    { numRuns: 300 },
  )
})
