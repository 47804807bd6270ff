import { GroundwaveError } from '../base/errors.ts'
import type { LoadedConfig } from '../config/load.ts'
import type { Part } from '../station/part.ts'

/** Exit code of a process whose start may succeed later (sysexits.h, EX_TEMPFAIL). */
const TRY_AGAIN = 75

/** `serve DIR`: supervises both processes; with `--only` it is one of them. */
export const serve = async (args: string[]): Promise<number> => {
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const folder =
    args.find((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--only') ?? process.env['GROUNDWAVE_DATA']
  if (!folder || (only !== undefined && only !== 'air' && only !== 'house')) {
    throw new GroundwaveError('USAGE', '(serve DIR [--only air|house])')
  }
  const config = await readConfig(folder)
  if (!only) {
    const { supervise } = await import('./supervise.ts')
    return supervise({ config, onReady: announce })
  }
  // Each process loads its own side only: the air must not carry the weight, or the faults, of the house.
  return runPart(
    only === 'air'
      ? (await import('../station/air-station.ts')).createAirPart(config)
      : (await import('../station/house-station.ts')).createHousePart(config),
  )
}

// A supervised process is handed the configuration that its supervisor has read and checked.
const readConfig = async (folder: string): Promise<LoadedConfig> => {
  if (process.connected) {
    process.send?.({ type: 'config?' })
    return new Promise((resolve) => process.once('message', (message) => resolve(message as LoadedConfig)))
  }
  const { loadConfig } = await import('../config/load.ts')
  return loadConfig(folder, process.env)
}

const announce = ({ house, air }: { house: number; air: number }): void => {
  process.stdout.write(`ready  site http://localhost:${house}/  streams http://localhost:${air}/\n`)
}

/** Runs one process until it is told to stop, by signal or because its supervisor is gone. */
const runPart = async (part: Part): Promise<number> => {
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('disconnect', () => resolve())
    // Ctrl-C reaches the whole group; the supervisor passes it on in its own time. Alone, it is for us.
    process.on('SIGINT', () => (process.connected ? undefined : resolve()))
  })
  const port = await part.start().catch((cause: unknown) => {
    // It has refused, and says why: its open channels and timers must not keep it waiting for a start that never comes.
    // A database that is not up yet is another matter: it is tried again, while the air is on.
    const isPassing = cause instanceof GroundwaveError && cause.code === 'DATABASE_UNREACHABLE'
    setImmediate(() => process.exit(isPassing ? TRY_AGAIN : 1))
    throw cause
  })
  process.send?.({ type: 'started', port })
  await stopped
  await part.stop()
  // Nothing may keep a stopped process alive: sockets of strangers, timers of libraries.
  process.exit(0)
}
