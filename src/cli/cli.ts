import { GroundwaveError } from '../base/errors.ts'

type Command = {
  usage: string
  summary: string
  /** @returns the process's exit code. */
  run(args: string[]): Promise<number>
}

// Loaded when called: `check` need not pay for what `serve` brings along.
const commands: Record<string, Command> = {
  demo: {
    usage: 'demo',
    summary: 'put the demo station on the air, in .groundwave/ or GROUNDWAVE_DATA',
    run: async () => (await import('./demo.ts')).demo(),
  },
  init: {
    usage: 'init DIR',
    summary: 'make a new station in DIR: a commented groundwave.yaml with fresh passwords',
    run: async ([folder]) => (await import('./init.ts')).init(folder),
  },
  serve: {
    usage: 'serve DIR [--only air|house]',
    summary: 'put the station in DIR on the air',
    run: async (args) => (await import('./serve.ts')).serve(args),
  },
  check: {
    usage: 'check DIR',
    summary: "read DIR's groundwave.yaml and name every problem by its line",
    run: async ([folder]) => (await import('./check.ts')).check(folder),
  },
  doctor: {
    usage: 'doctor DIR',
    summary: 'examine ports, disk, clock, encoders and what a listener hears',
    run: async ([folder]) => (await import('./doctor.ts')).doctor(folder),
  },
  user: {
    usage: 'user list|invite|reset|token|end-sessions',
    summary: "the station's accounts",
    run: async (args) => (await import('./user.ts')).user(args),
  },
  backup: {
    usage: 'backup DIR FILE',
    summary: 'write the whole station but its sound archive into one file, also while it runs',
    run: async (args) => (await import('./backup.ts')).backup(args),
  },
  restore: {
    usage: 'restore FILE DIR',
    summary: 'make a station in an empty folder from such a file',
    run: async (args) => (await import('./backup.ts')).restoreCommand(args),
  },
}

/** Runs one command line. Errors of the registry are told in words with their hint; others keep their stack. */
export const runCli = async ([name = 'help', ...args]: string[]): Promise<number> => {
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help())
    return 0
  }
  try {
    const command = commands[name]
    if (!command) throw new GroundwaveError('USAGE', `("${name}")`)
    return await command.run(args)
  } catch (cause) {
    if (!(cause instanceof GroundwaveError)) throw cause
    process.stderr.write(`groundwave: ${cause.message}\n  ${cause.hint}\n`)
    return 1
  }
}

const help = (): string =>
  [
    'Groundwave: the whole digital side of a radio station.',
    '',
    ...Object.values(commands).map(({ usage, summary }) => `  groundwave ${usage.padEnd(42)} ${summary}`),
    '',
    'GROUNDWAVE_HOUSE_PORT, GROUNDWAVE_AIR_PORT and GROUNDWAVE_DATA override what the configuration says.',
    '',
  ].join('\n')
