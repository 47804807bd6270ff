import type { Clock } from './clock.ts'

type Level = 'info' | 'warn' | 'error'
type Fields = Record<string, string | number | boolean | null | undefined>

/** A line a person can read: time, part, sentence, then the facts as key=value. Never hand it a secret. */
export type Log = {
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  error(message: string, fields?: Fields): void
  /** The same log under another part's name. */
  part(name: string): Log
}

export type LogDeps = { clock: Clock; write?: (line: string) => void; part?: string }

export const createLog = ({ clock, write = writeToStderr, part = 'groundwave' }: LogDeps): Log => {
  const say = (level: Level, message: string, fields: Fields = {}) =>
    write(`${new Date(clock.now()).toISOString()} ${level} ${part}: ${message}${formatFields(fields)}`)
  return {
    info: (message, fields) => say('info', message, fields),
    warn: (message, fields) => say('warn', message, fields),
    error: (message, fields) => say('error', message, fields),
    part: (name) => createLog({ clock, write, part: name }),
  }
}

/** Swallows everything: for tests that do not look at the log. */
export const silentLog: Log = { info() {}, warn() {}, error() {}, part: () => silentLog }

const writeToStderr = (line: string) => {
  process.stderr.write(`${line}\n`)
}

const formatFields = (fields: Fields) => {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${quote(String(value))}`)
  return parts.length ? `  ${parts.join(' ')}` : ''
}

// Header text of strangers ends up here: a line break in it must not forge a second line.
const quote = (value: string) => (/^[\w./:+@-]*$/.test(value) ? value : JSON.stringify(value))
