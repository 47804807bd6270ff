import { GroundwaveError } from '../base/errors.ts'
import { loadConfig } from '../config/load.ts'
import { createAirPart, createHousePart, type Part } from '../station.ts'
import { supervise } from './supervise.ts'

/** `serve DIR`: supervises both processes; with `--only` it is one of them. */
export const serve = async (args: string[]): Promise<number> => {
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const folder =
    process.env['GROUNDWAVE_DATA'] ?? args.find((arg, i) => !arg.startsWith('-') && args[i - 1] !== '--only')
  if (!folder || (only !== undefined && only !== 'air' && only !== 'house')) {
    throw new GroundwaveError('USAGE', '(serve DIR [--only air|house])')
  }
  const config = loadConfig(folder, process.env)
  if (!only) return supervise({ config, onReady: announce })
  return runPart(only === 'air' ? createAirPart(config) : createHousePart(config))
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
  const port = await part.start()
  process.send?.({ type: 'started', port })
  await stopped
  await part.stop()
  // Nothing may keep a stopped process alive: sockets of strangers, timers of libraries.
  process.exit(0)
}
