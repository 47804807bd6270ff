// Cold start of the demo: from the command to the first audio byte, and what both processes weigh at rest.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, residentBytes, stationPorts, stop } from './processes.ts'

const LIMIT_MS = 1500
const LIMIT_MB = 220

export const start = async (args: string[]): Promise<void> => {
  const rounds = Number(args[args.indexOf('--rounds') + 1] ?? 5) || 5
  const folder = mkdtempSync(join(tmpdir(), 'gw-start-'))
  const firsts: number[] = []
  const weights: number[] = []
  // The first start of all compiles; the next ones are what a restart of the machine costs.
  for (let round = 0; round <= rounds; round++) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time
    const { ms, mb } = await once(folder)
    if (round === 0) process.stdout.write(`first start ever: first audio byte after ${ms.toFixed(0)} ms\n`)
    else {
      firsts.push(ms)
      weights.push(mb)
    }
  }
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(
    `first audio byte: median ${median(firsts).toFixed(0)} ms of ${firsts.map((ms) => ms.toFixed(0)).join(' ')}; ${(median(firsts) / LIMIT_MS).toFixed(2)} of the limit of ${LIMIT_MS} ms\n`,
  )
  process.stdout.write(
    `air and house at rest: median ${median(weights).toFixed(0)} MB of ${weights.map((mb) => mb.toFixed(0)).join(' ')}; ${(median(weights) / LIMIT_MB).toFixed(2)} of the limit of ${LIMIT_MB} MB\n`,
  )
}

const once = async (folder: string): Promise<{ ms: number; mb: number }> => {
  const { air, house } = await stationPorts()
  const began = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'demo'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      GROUNDWAVE_AIR_PORT: String(air),
      GROUNDWAVE_HOUSE_PORT: String(house),
      GROUNDWAVE_DATA: folder,
    },
  })
  while (!(await hears(air))) await new Promise((soon) => setTimeout(soon, 10))
  const ms = performance.now() - began
  // At rest: after the first pages, with nobody there.
  await new Promise((later) => setTimeout(later, 4000))
  await new Promise((done) =>
    get({ port: house, path: '/', agent: false }, (response) => response.resume().once('end', done)).once(
      'error',
      done,
    ),
  )
  await new Promise((later) => setTimeout(later, 3000))
  const pids = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
  const mb = pids.reduce((sum, pid) => sum + residentBytes(pid), 0) / 1e6
  await stop(child)
  return { ms, mb }
}

const hears = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: 'localhost', port, path: '/news.mp3', agent: false }, (response) => {
      response.once('data', () => {
        resolve(response.statusCode === 200)
        request.destroy()
      })
      response.once('end', () => resolve(false))
    })
    request.once('error', () => resolve(false))
  })
