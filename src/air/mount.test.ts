import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { silentLog } from '../base/log.ts'
import { configSchema } from '../config/schema.ts'
import { createMpegFramer } from '../formats/audio/mpeg-frame.ts'
import { BackupFeeder } from './backup.ts'
import { FanOut } from './fan-out.ts'
import type { Journal, JournalEvent } from './journal.ts'
import { Mount } from './mount.ts'
import type { SourceHolder } from './own-source.ts'
import { createSilence } from './paced.ts'
import { Recorder } from './recorder.ts'
import { recoverArchive } from './recovery.ts'

const clip = readFileSync(new URL('../../test/fixtures/audio/cbr-128k-stereo-44100.mp3', import.meta.url))
const framer = createMpegFramer()
const frames = framer.push(clip)
const format = framer.format()!
const FRAME_MS = (1152 / 44_100) * 1000
const folders: string[] = []
const made: Mount[] = []
after(async () => {
  // The archives' last writes come first: a folder cannot go while somebody writes in it.
  await Promise.all(made.map((mount) => mount.close()))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

let now = 0
let events: JournalEvent[] = []
beforeEach(() => {
  now = Date.UTC(2026, 2, 12, 16, 0, 0)
  events = []
})
const journal: Journal = { write: (event) => events.push(event), flush: async () => {} }

const createMount = (path: string, backups: Mount[] = []) => {
  const folder = mkdtempSync(join(tmpdir(), 'gw-mount-'))
  folders.push(folder)
  const config = configSchema.shape.mounts.element.parse({ path, name: path, source: { password: 'x' }, linger: '60s' })
  const feeders = backups.map((backup) => {
    const feeder: BackupFeeder = new BackupFeeder({ alive: () => backup.up, onFirst: () => mount.wake() })
    backup.tap(feeder.tap)
    return feeder
  })
  const mount: Mount = new Mount({
    config,
    times: { stalled: 2000, lost: 8000, holdOff: 1000 },
    now: () => now,
    log: silentLog,
    journal,
    fanOut: new FanOut({ now: () => now }),
    recorder: new Recorder({
      folder,
      mount: path,
      now: () => now,
      log: silentLog,
      journal,
      flush: false,
      keep: true,
      recovered: recoverArchive(folder, silentLog),
    }),
    fallbacks: [...feeders, createSilence(() => mount.lastFormat)],
    firstEpoch: 0,
    onChange: () => {},
  })
  made.push(mount)
  return mount
}

/** An encoder as the mount sees it. */
const encoder = (mount: Mount) => {
  const dropped: string[] = []
  const holder: SourceHolder = {
    address: '127.0.0.1',
    agent: 'test',
    since: now,
    drop: (reason) => dropped.push(reason),
  }
  let at = 0
  return {
    dropped,
    connect: () => {
      mount.source.take(holder)
      mount.source.begin(holder, { format, headers: null })
    },
    send: () => mount.source.push(holder, [frames[at++ % frames.length]!]),
    leave: () => mount.source.leave(holder),
  }
}

/** Lets time pass in frames; the mounts tick every half second, backups first. */
const pass = (ms: number, mounts: Mount[], sending: { send(): void }[]) => {
  const end = now + ms
  let tickAt = now
  while (now < end) {
    for (const one of sending) one.send()
    if (now >= tickAt) {
      tickAt = now + 500
      for (const mount of mounts) mount.tick(now)
    }
    now += FRAME_MS
  }
}

const feeds = () =>
  events.flatMap((event) => (event.type === 'epoch' && event.mount === '/main.mp3' ? [event.feed] : []))

test('a source is heard as soon as it begins, and silence follows when it leaves', () => {
  const mount = createMount('/main.mp3')
  const live = encoder(mount)
  assert.equal(mount.feed, 'off')
  live.connect()
  assert.equal(mount.feed, 'source')
  pass(3000, [mount], [live])
  live.leave()
  pass(1000, [mount], [])
  assert.equal(mount.feed, 'silence')
  assert.equal(mount.up, false)
  pass(62_000, [mount], [])
  assert.equal(mount.feed, 'off', 'after the linger time listeners are let go')
})

test('a stalled source is reported at 2 s and replaced at 8 s; it must hold a second before it returns', () => {
  const backup = createMount('/backup.mp3')
  const mount = createMount('/main.mp3', [backup])
  const [live, spare] = [encoder(mount), encoder(backup)]
  spare.connect()
  live.connect()
  pass(5000, [backup, mount], [live, spare])
  assert.equal(mount.feed, 'source')
  pass(2600, [backup, mount], [spare])
  assert.equal(mount.stalled, true)
  assert.equal(mount.feed, 'source', 'a pause is not yet a loss')
  pass(6500, [backup, mount], [spare])
  assert.equal(mount.feed, 'backup')
  assert.equal(mount.up, true)
  pass(600, [backup, mount], [live, spare])
  assert.equal(mount.feed, 'backup', 'one swallow')
  pass(1500, [backup, mount], [live, spare])
  assert.equal(mount.feed, 'source')
  assert.deepEqual(feeds(), ['source', 'backup', 'source'])
})

test('the backup fills the hole that the lost source left', () => {
  const backup = createMount('/backup.mp3')
  const mount = createMount('/main.mp3', [backup])
  const [live, spare] = [encoder(mount), encoder(backup)]
  const sent: number[] = []
  mount.tap({ begin() {}, title() {}, end() {}, frames: (list) => sent.push(...list.map((frame) => frame.wall)) })
  spare.connect()
  live.connect()
  pass(5000, [backup, mount], [live, spare])
  pass(9000, [backup, mount], [spare])
  assert.equal(mount.feed, 'backup')
  const gaps = sent.slice(1).map((wall, i) => wall - sent[i]!)
  assert.ok(Math.max(...gaps) < 2 * FRAME_MS + 1, `largest hole in wall time: ${Math.max(...gaps)} ms`)
  assert.ok(Math.min(...gaps) >= 0, 'and wall time does not run backwards')
})

test('a new connection takes the place over, and the mount does not fall back', () => {
  const mount = createMount('/main.mp3')
  const [first, second] = [encoder(mount), encoder(mount)]
  first.connect()
  pass(2000, [mount], [first])
  second.connect()
  assert.deepEqual(first.dropped, ['another connection took over'])
  pass(2000, [mount], [second])
  first.send()
  assert.equal(mount.feed, 'source')
  assert.deepEqual(feeds(), ['source', 'source'], 'two epochs, nothing between')
})

test('titles belong to what feeds the mount', () => {
  const backup = createMount('/backup.mp3')
  const mount = createMount('/main.mp3', [backup])
  const [live, spare] = [encoder(mount), encoder(backup)]
  spare.connect()
  backup.source.setTitle('Spare song')
  pass(1500, [backup, mount], [spare])
  assert.equal(mount.title, 'Spare song')
  live.connect()
  mount.source.setTitle('Live song')
  assert.equal(mount.title, 'Spare song', 'the live source is not heard yet')
  pass(2500, [backup, mount], [live, spare])
  assert.equal(mount.title, 'Live song')
  live.leave()
  pass(1000, [backup, mount], [spare])
  assert.equal(mount.title, 'Spare song')
})
