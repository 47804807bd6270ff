// The door of live audio. Everything else in this folder is private.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import type { Clock } from '../base/clock.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { mountName } from '../config/mount-name.ts'
import type { MountConfig, StationConfig } from '../config/schema.ts'
import { answerAirRequest } from './air-routes.ts'
import { BackupFeeder } from './backup.ts'
import { Channel } from './channel.ts'
import { FanOut } from './fan-out.ts'
import type { Feeder } from './feed.ts'
import { FrontDoor } from './front-door.ts'
import { airMetrics, healthReport } from './health.ts'
import { openJournal, type Journal } from './journal.ts'
import { ListenerDoor } from './listener-door.ts'
import { Mount } from './mount.ts'
import { Mounts } from './mounts.ts'
import { createFileLoop, createSilence } from './paced.ts'
import { Passwords } from './passwords.ts'
import { Recorder } from './recorder.ts'
import { recoverArchive } from './recovery.ts'
import { pruneArchive } from './retention.ts'
import { mountFamily } from './source-login.ts'

export { channelKey } from './channel.ts'
export { ListenerCounts } from './listener-counts.ts'
export { Notices } from './notices.ts'
export type { HealthReport } from './health.ts'

export type AirDeps = {
  config: StationConfig & { folder: string }
  /** The folder that holds archive and journal. */
  data: string
  key: string
  clock: Clock
  log: Log
}

const PRUNE_MS = 3_600_000
/** How long listeners have at shutdown to take what is queued for them, ms. */
const DRAIN_MS = 2000
const BACKLOG = 4096
/** Both times as at the front door. */
const HTTP_LIMITS = {
  keepAliveTimeout: 15_000,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  requireHostHeader: false,
}

/** Live audio: sources in, listeners out, HLS, the archive. Knows no stories, no schedule, no database. */
export class Air {
  readonly #deps: AirDeps
  readonly #log: Log
  readonly #now: () => number
  readonly #mounts: Mounts
  readonly #journal: Journal
  readonly #channel: Channel
  readonly #door: FrontDoor
  readonly #http: HttpServer
  readonly #started: number
  readonly #servers: Server[] = []
  #ticker: NodeJS.Timeout | null = null
  #pruner: NodeJS.Timeout | null = null
  #lagMs = 0
  #nextListener = 1

  constructor(deps: AirDeps) {
    this.#deps = deps
    this.#log = deps.log
    this.#now = () => deps.clock.now()
    this.#started = this.#now()
    const { config, clock, log } = deps
    this.#journal = openJournal({ folder: join(deps.data, 'journal'), clock, log })
    this.#mounts = new Mounts(this.#buildMounts(config))
    this.#channel = new Channel({ key: deps.key, views: () => this.#mounts.all().map((mount) => mount.view()) })
    const passwords = new Passwords({ now: this.#now })
    const listeners = new ListenerDoor({
      journal: this.#journal,
      stationUrl: config.station.url,
      random: randomBytes,
      nextId: () => this.#nextListener++,
      now: this.#now,
    })
    const { admin } = config.air
    const shared = { mounts: this.#mounts, passwords, admin, listeners, now: this.#now }
    this.#http = createHttpServer(HTTP_LIMITS, (request, response) => {
      answerAirRequest(
        {
          ...shared,
          channel: this.#channel,
          health: () => healthReport(this.#mounts.all(), { now: this.#now(), started: this.#started }),
          metrics: () => airMetrics(this.#mounts.all(), { connections: this.#door.connections, lagMs: this.#lagMs }),
          started: this.#started,
          station: { name: config.station.name, url: config.station.url },
          url: config.air.url,
          log: log.part('door'),
        },
        request,
        response,
      ).catch((cause: unknown) => {
        log.error('a request failed', { cause: String(cause), path: request.url ?? '' })
        if (!response.headersSent) response.writeHead(500).end()
        else response.destroy()
      })
    })
    this.#http.on('clientError', (_error, socket) => socket.destroy())
    this.#door = new FrontDoor({ ...shared, http: this.#http, log: log.part('door'), journal: this.#journal })
  }

  /** Opens the ports. @returns the port listeners use. Throws PORT_TAKEN. */
  async start(): Promise<number> {
    const { host, port, shoutcast, tls, tick } = this.#deps.config.air
    const taken = await this.#listen(
      createServer((socket) => this.#door.accept(socket)),
      host,
      port,
    )
    // Shoutcast v1 sources speak on the next port up; where the system chose our port, it may be taken.
    if (shoutcast) {
      await this.#listen(
        createServer((socket) => this.#door.accept(socket, true)),
        host,
        taken + 1,
      ).catch((cause: unknown) => {
        if (port !== 0) throw cause
        this.#log.warn('no Shoutcast port: the one above ours is taken', { port: taken + 1 })
      })
    }
    if (tls) {
      const { cert, key } = {
        cert: readFileSync(resolve(this.#deps.config.folder, tls.cert)),
        key: readFileSync(resolve(this.#deps.config.folder, tls.key)),
      }
      await this.#listen(
        createTlsServer({ cert, key }, (socket) => this.#door.accept(socket)),
        host,
        tls.port,
      )
    }
    this.#journal.write({ type: 'start' })
    this.#door.start()
    // It never listens itself, and would therefore never look for requests that come too slowly.
    this.#http.emit('listening')
    this.#channel.start()
    let due = performance.now() + tick
    this.#ticker = setInterval(() => {
      this.#lagMs = Math.max(0, performance.now() - due)
      due = performance.now() + tick
      const now = this.#now()
      for (const mount of this.#mounts.all()) mount.tick(now)
    }, tick)
    this.#pruner = setInterval(() => this.#prune(), PRUNE_MS)
    this.#prune()
    return taken
  }

  /** Lets listeners drain, closes the archive's files and the ports. */
  async stop(): Promise<void> {
    for (const server of this.#servers) server.close()
    if (this.#ticker) clearInterval(this.#ticker)
    if (this.#pruner) clearInterval(this.#pruner)
    this.#channel.stop()
    for (const mount of this.#mounts.all()) mount.source.holder?.drop('the station is shutting down')
    await Promise.all(this.#mounts.all().map((mount) => mount.close()))
    await this.#drained()
    this.#door.stop()
    this.#http.closeAllConnections()
    this.#journal.write({ type: 'stop' })
    await this.#journal.flush()
  }

  async #drained(): Promise<void> {
    const until = performance.now() + DRAIN_MS
    while (this.#door.listening() > 0 && performance.now() < until) {
      await new Promise((resolveSoon) => setTimeout(resolveSoon, 25))
    }
  }

  #listen(server: Server, host: string, port: number): Promise<number> {
    this.#servers.push(server)
    return new Promise((opened, failed) => {
      server.once('error', (cause: NodeJS.ErrnoException) => {
        // A machine without IPv6 has no "::" to listen on.
        if (host === '::' && cause.code === 'EAFNOSUPPORT')
          return void this.#listen(server, '0.0.0.0', port).then(opened, failed)
        failed(cause.code === 'EADDRINUSE' ? new GroundwaveError('PORT_TAKEN', `(${port})`, { cause }) : cause)
      })
      server.listen({ host, port, backlog: BACKLOG }, () => {
        const address = server.address()
        opened(typeof address === 'object' && address ? address.port : port)
      })
    })
  }

  #buildMounts(config: AirDeps['config']): Mount[] {
    const built = new Map<string, Mount>()
    const backups: { to: Mount; feeder: BackupFeeder; from: string }[] = []
    for (const mountConfig of config.mounts) {
      const { mount, feeders } = this.#buildMount(mountConfig, (path) => built.get(path)?.up ?? false)
      built.set(mount.path, mount)
      for (const { feeder, from } of feeders) backups.push({ to: mount, feeder, from })
    }
    for (const { feeder, from } of backups) built.get(from)?.tap(feeder.tap)
    return [...built.values()]
  }

  #buildMount(config: MountConfig, isUp: (path: string) => boolean) {
    const { stalled, lost, hold_off: holdOff, flush } = this.#deps.config.air
    const name = mountName(config.path)
    const folder = join(this.#deps.data, 'air', name)
    const log = this.#log.part(name)
    const recovered = recoverArchive(folder, log)
    // These ask for the mount only after it exists.
    const feeders = config.backups.map((from) => ({
      from,
      feeder: new BackupFeeder({ alive: () => isUp(from), onFirst: () => mount.wake() }),
    }))
    const fallbacks: Feeder[] = feeders.map(({ feeder }) => feeder)
    if (config.file)
      fallbacks.push(createFileLoop(resolve(this.#deps.config.folder, config.file), mountFamily(config.path), log))
    const silence = createSilence(() => mount.lastFormat)
    if (config.silence) fallbacks.push(silence)
    const mount: Mount = new Mount({
      config,
      times: { stalled, lost, holdOff },
      now: this.#now,
      log,
      journal: this.#journal,
      fanOut: new FanOut({ now: this.#now, onLeave: (listener, reason) => this.#left(config.path, listener, reason) }),
      recorder: new Recorder({
        folder,
        mount: config.path,
        now: this.#now,
        log,
        journal: this.#journal,
        flush: flush === 'segment',
        keep: config.archive.keep > 0,
        recovered,
      }),
      fallbacks,
      firstEpoch: recovered.nextEpoch,
      onChange: () => this.#channel.changed(),
    })
    return { mount, feeders }
  }

  #left(mount: string, listener: { id: number; since: number; bytes: number }, reason: string): void {
    const { id, since, bytes } = listener
    this.#journal.write({ type: 'session-end', id: String(id), mount, ms: this.#now() - since, bytes, reason })
  }

  #prune(): void {
    for (const mount of this.#mounts.all()) {
      pruneArchive(join(this.#deps.data, 'air', mount.name), {
        keepMs: mount.config.archive.keep,
        now: this.#now(),
      }).catch((cause: unknown) =>
        this.#log.warn('could not delete old archive files', { mount: mount.path, cause: String(cause) }),
      )
    }
  }
}
