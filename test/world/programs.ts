import { spawn, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The program's place on PATH, or null. */
const find = (program: string): string | null => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this one.
    }
  }
  return null
}

/**
 * Options of a test that drives other people's programs: it is skipped, by name, where one is missing. With CI=true
 * a missing program is a failure, so that no row disappears unseen.
 */
export const needs = (...programs: string[]): { skip?: string } => {
  const missing = programs.filter((program) => find(program) === null)
  if (missing.length === 0) return {}
  const said = `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on PATH`
  if (process.env['CI'] === 'true') throw new Error(`${said}, and with CI=true every program must be there`)
  return { skip: said }
}

/** A program that runs beside the test. */
export type Program = {
  name: string
  pid: number
  /** All it has said so far, on both streams. */
  output: () => string
  stdin: Writable
  stdout: Readable
  running: () => boolean
  exited: Promise<number | null>
  /** Sends the signal, then kills it if it is still there after three seconds. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

const alive = new Map<number, ChildProcessByStdio<Writable, Readable, Readable>>()
// Whatever way a test ends, none of its programs outlives it.
process.on('exit', () => {
  for (const child of alive.values()) child.kill('SIGKILL')
})

type StartOptions = Pick<SpawnOptions, 'env' | 'cwd' | 'uid' | 'gid'> & {
  /** Its standard output is data that the test reads, not text to remember. */
  binary?: boolean
}

export const startProgram = (
  name: string,
  args: string[],
  { binary = false, ...options }: StartOptions = {},
): Program => {
  const child = spawn(name, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  const said: string[] = []
  const note = (chunk: Buffer) => {
    said.push(chunk.toString())
    if (said.length > 400) said.splice(0, 200)
  }
  child.stderr.on('data', note)
  if (!binary) child.stdout.on('data', note)
  // A pipe to a program that has gone is no event of its own: `exited` tells it.
  child.stdin.on('error', () => {})
  child.stdout.on('error', () => {})
  const pid = child.pid ?? 0
  if (pid > 0) alive.set(pid, child)
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (cause) => {
      said.push(String(cause))
      resolve(null)
    })
    child.once('exit', (code) => {
      alive.delete(pid)
      resolve(code)
    })
  })
  const running = () => alive.has(pid)
  return {
    name,
    pid,
    output: () => said.join(''),
    stdin: child.stdin,
    stdout: child.stdout,
    running,
    exited,
    async stop(signal = 'SIGTERM') {
      if (!running()) return
      child.kill(signal)
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
      await exited
      clearTimeout(timer)
    },
  }
}

export type Ran = { code: number | null; stdout: Buffer; stderr: string }

/** Runs a program to its end. It is killed, and this fails, when it takes longer than `timeoutMs`. */
export const run = async (
  name: string,
  args: string[],
  { input, timeoutMs = 20_000, ...options }: StartOptions & { input?: Buffer; timeoutMs?: number } = {},
): Promise<Ran> => {
  const program = startProgram(name, args, { ...options, binary: true })
  const out: Buffer[] = []
  program.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  const ended = new Promise<void>((resolve) => {
    program.stdout.once('close', () => resolve())
  })
  program.stdin.end(input ?? Buffer.alloc(0))
  let late = false
  const timer = setTimeout(() => {
    late = true
    void program.stop('SIGKILL')
  }, timeoutMs)
  const code = await program.exited
  await ended
  clearTimeout(timer)
  if (late) throw new Error(`${name} did not end within ${timeoutMs} ms; it said: ${program.output()}`)
  return { code, stdout: Buffer.concat(out), stderr: program.output() }
}
