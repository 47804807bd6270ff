// A cached story page beside nginx serving the same bytes from a file, each on one core, and the pages' budgets.
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { systemClock } from '../src/base/clock.ts'
import { createIds } from '../src/base/ids.ts'
import { silentLog } from '../src/base/log.ts'
import { openStore } from '../src/store/store.ts'
import { fillArchive } from './archive.ts'
import { inventNews } from './invented-news.ts'
import { option, seeded } from './options.ts'
import { answers, cpuSeconds, freePort, has, median, run, stationPorts, stop, until } from './processes.ts'

const FLOOR = 0.6
const UNCACHED = 500
const UNCACHED_LIMIT_MS = 15
const STORY = /href="(\/[a-z-]+\/\d{4}-\d\d-\d\d\/[a-z0-9-]+)"/
/** DESIGN §10: compressed bytes before play is pressed. */
const BUDGET = { script: 20_000, style: 15_000, text: 20_000 }

export const page = async (args: string[]): Promise<void> => {
  const rounds = Number(option(args, 'rounds') ?? 5)
  if (!has('nginx') || !has('wrk')) throw new Error('This bench needs nginx and wrk.')
  const folder = mkdtempSync(join(tmpdir(), 'gw-page-'))
  chmodSync(folder, 0o755)
  const house = await startHouse(folder)
  try {
    const path = STORY.exec(await fetchText(house.port, '/'))?.[1] ?? '/'
    const body = await fetchText(house.port, path)
    const nginx = await startNginx(folder, body)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      // oxlint-disable-next-line no-await-in-loop -- in turn, that is the point
      const theirs = await requestsPerSecond(nginx.port, '/story.html')
      // oxlint-disable-next-line no-await-in-loop
      const ours = await requestsPerSecond(house.port, path, () =>
        // The host is the one wrk names: pages with whole addresses are kept for each apart.
        fetchBytes(house.port, path, { host: `127.0.0.1:${house.port}` }),
      )
      ratios.push(ours / theirs)
      process.stdout.write(
        `nginx ${theirs.toFixed(0)} requests/s, house ${ours.toFixed(0)}, ratio ${(ours / theirs).toFixed(2)}\n`,
      )
    }
    process.stdout.write(
      `story page of ${body.length} bytes: median ratio ${median(ratios).toFixed(2)} (floor ${FLOOR})\n`,
    )
    await stop(nginx.child)
    await weigh(house.port, path)
  } finally {
    await stop(house.child)
  }
  await measureUncached(folder, Number(option(args, 'stories') ?? 20_000))
}

/** The first reader of a page waits for it: each story of a filled archive is asked for once. */
const measureUncached = async (folder: string, count: number): Promise<void> => {
  const station = join(folder, 'station')
  const ids = createIds({ clock: systemClock })
  const store = await openStore({ url: null, folder: station, clock: systemClock, ids, log: silentLog })
  const news = inventNews(1)
  const paths = await fillArchive(store, { count, next: () => news.story(), id: () => ids.next() })
  await store.stop()
  const house = await startHouse(folder)
  try {
    // The last of them is the last that the search learns of; then the house learns what terms share, for a while.
    const last = await fetchText(house.port, paths.at(-1)!)
    const words = /<h1[^>]*>\s*([^<]+?)\s*<\/h1>/.exec(last)?.[1] ?? ''
    const asked = `/api/v1/search?q=${encodeURIComponent(`"${words}"`)}`
    await until('the index', async () => !(await fetchText(house.port, asked)).includes('"total":0'), 600_000)
    await until('the house to have nothing else to do', () => isIdle(house.child.pid!), 600_000)
    const random = seeded(1)
    const took: number[] = []
    for (let n = 0; n < UNCACHED; n++) {
      const path = paths[1 + Math.floor(random() * (paths.length - 1))]!
      const began = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- one after the other: how long one reader waits
      await fetchBytes(house.port, path)
      took.push(performance.now() - began)
    }
    const sorted = took.toSorted((a, b) => a - b)
    const p95 = sorted[Math.floor(0.95 * (sorted.length - 1))]!
    process.stdout.write(
      `uncached story page at ${count} stories: p50 ${median(took).toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, ${(p95 / UNCACHED_LIMIT_MS).toFixed(2)} of the limit of ${UNCACHED_LIMIT_MS} ms\n`,
    )
  } finally {
    await stop(house.child)
  }
}

/** Air, house and playout together use less than a fifth of a core for a second. */
const isIdle = async (supervisor: number): Promise<boolean> => {
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8').trim().split(' ').map(Number)
  const used = () => [supervisor, ...children].reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const before = used()
  await new Promise((soon) => setTimeout(soon, 1000))
  return used() - before < 0.2
}

const weigh = async (port: number, path: string): Promise<void> => {
  const html = await fetchText(port, path)
  const sizes = { script: 0, style: 0, text: brotliCompressSync(await fetchText(port, `/text${path}`)).length }
  for (const [, href] of html.matchAll(/<script[^>]+src="([^"]+)"/g)) sizes.script += await transferred(port, href!)
  for (const [, href] of html.matchAll(/<link[^>]+stylesheet[^>]+href="([^"]+)"|href="([^"]+)"[^>]+stylesheet/g))
    if (href) sizes.style += await transferred(port, href)
  for (const [name, size] of Object.entries(sizes)) {
    const limit = BUDGET[name as keyof typeof BUDGET]
    process.stdout.write(`${name}: ${size} bytes compressed, ${(size / limit).toFixed(2)} of the budget of ${limit}\n`)
  }
}

/** `warm` makes the page be kept before it is asked for: it is the kept page that is measured. */
const requestsPerSecond = async (port: number, path: string, warm?: () => Promise<unknown>): Promise<number> => {
  await warm?.()
  const text = await new Promise<string>((done) => {
    const wrk = spawn('wrk', ['-t1', '-c50', '-d5s', `http://127.0.0.1:${port}${path}`])
    let said = ''
    wrk.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    wrk.once('exit', () => done(said))
  })
  if (/Non-2xx/.test(text)) throw new Error(text)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1])
}

const startHouse = async (folder: string) => {
  const { air, house: port } = await stationPorts()
  const env = {
    ...process.env,
    GROUNDWAVE_AIR_PORT: String(air),
    GROUNDWAVE_HOUSE_PORT: String(port),
    GROUNDWAVE_DATA: join(folder, 'station'),
  }
  const child = run(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'demo'], { env })
  await until('the house', () => answers(port))
  await new Promise((later) => setTimeout(later, 4000))
  return { child, port }
}

const startNginx = async (folder: string, body: string) => {
  const port = await freePort()
  const root = join(folder, 'www')
  mkdirSync(root)
  writeFileSync(join(root, 'story.html'), body)
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log /dev/null;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100; default_type text/html;
client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
server { listen 127.0.0.1:${port}; root ${root}; } }`,
  )
  execFileSync('nginx', ['-t', '-q', '-c', config], { stdio: 'inherit' })
  const child = run('nginx', ['-c', config])
  await until('nginx', () => answers(port))
  return { child, port }
}

const fetchBytes = (port: number, path: string, headers: Record<string, string> = {}): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    get({ host: 'localhost', port, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => resolve(Buffer.concat(chunks)))
    }).once('error', reject)
  })

const fetchText = async (port: number, path: string): Promise<string> => (await fetchBytes(port, path)).toString()

const transferred = async (port: number, path: string): Promise<number> =>
  (await fetchBytes(port, path, { 'accept-encoding': 'br' })).length
