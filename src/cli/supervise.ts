import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { systemClock } from '../base/clock.ts'
import { createLog, type Log } from '../base/log.ts'
import type { LoadedConfig } from '../config/load.ts'
import { dataFolder } from '../station/part.ts'

type PartName = 'air' | 'house'
export type Ports = { air: number; house: number }

export type SuperviseOrder = {
  config: LoadedConfig
  /** Air takes sources and listeners; the house may not be there yet. Called once. */
  onAir?: (port: number) => void
  /** Both processes answer. Called once. */
  onReady: (ports: Ports) => void | Promise<void>
  /** Called before the processes are told to stop. */
  onStop?: () => void
}

/** A process that ran this long has recovered: its next restart is immediate again, ms. */
const CALM_MS = 30_000
/** A small nursery for V8's young objects: neither process makes many at a time, and both rest most of the day. */
const LEAN = ['--max-semi-space-size=4']
const BACK_OFF_MS = [0, 250, 500, 1000, 2000, 5000, 10_000]
/** How long a process has to stop before it is killed, ms. */
const STOP_MS = 8000

/** Starts air and house, starts again whichever ends, and stops both cleanly on SIGTERM or SIGINT. */
export const supervise = async ({ config, onAir, onReady, onStop }: SuperviseOrder): Promise<number> => {
  const log = createLog({ clock: systemClock, part: 'serve' })
  // Types are stripped and code is compiled once, not at each start: half the memory and half the time.
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: join(dataFolder(config), 'code-cache'),
    // glibc keeps a heap for each thread that has ever asked; photos are decoded on several, and 100 MB would stay there.
    MALLOC_ARENA_MAX: process.env['MALLOC_ARENA_MAX'] ?? '2',
  }
  let stopping = false
  let refused = false
  const children = new Map<PartName, ChildProcess>()

  const run = (name: PartName): Promise<number> =>
    new Promise((resolve) => {
      let failures = 0
      let answered = false
      const start = () => {
        const began = Date.now()
        const child = fork(process.argv[1]!, ['serve', config.folder, '--only', name], {
          env,
          execArgv: LEAN,
        })
        children.set(name, child)
        child.on('message', (message: { type: 'config?' } | { type: 'started'; port: number }) => {
          if (message.type === 'config?') return void child.send(config)
          // A port the system chose is kept over restarts: encoders and players come back to it.
          config[name].port = message.port
          answered = true
          resolve(message.port)
        })
        child.once('exit', (code, signal) => {
          if (stopping) return
          if (Date.now() - began > CALM_MS) failures = 0
          // A first start that fails by itself has said why (a port taken, a bad file): trying again would only say it again.
          if (!answered && code === 1) {
            refused = true
            stop()
            return
          }
          const wait = BACK_OFF_MS[Math.min(failures++, BACK_OFF_MS.length - 1)]!
          log.error(`${name} ended and is started again`, { code: code ?? '', signal: signal ?? '', inMs: wait })
          setTimeout(() => (stopping ? undefined : start()), wait)
        })
      }
      start()
    })

  let finish: (code: number) => void = () => {}
  const finished = new Promise<number>((resolve) => (finish = resolve))
  const stop = () => {
    if (stopping) return
    stopping = true
    onStop?.()
    void stopAll([...children.values()], log).then(() => finish(refused ? 1 : 0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  const air = run('air')
  void air.then(onAir)
  // A port that the system is to choose must be known before the house can tell listeners about it.
  if (config.air.port === 0) await Promise.race([air, finished])
  const house = run('house')
  void Promise.all([air, house]).then(async ([airPort, housePort]) => onReady({ air: airPort, house: housePort }))
  return finished
}

const stopAll = async (children: ChildProcess[], log: Log): Promise<void> => {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const timer = setTimeout(() => {
        log.warn('a process does not stop and is killed', { pid: child.pid ?? 0 })
        child.kill('SIGKILL')
      }, STOP_MS)
      await gone
      clearTimeout(timer)
    }),
  )
}
