// Listeners on one mount: Icecast and we, same MP3, same crowd, in turn. Prints medians and ratios.
import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers, cpuSeconds, freePort, has, median, residentBytes, run, stop, until } from './processes.ts'

type Server = { name: string; port: number; tlsPort?: number; pid: number; stop: () => Promise<void> }
type Figures = {
  cpuMicros: number
  memoryKb: number
  firstP50: number
  firstP99: number
  gap: number
  lost: number
  kbps: number
}

const PASSWORD = 'bench-source'
const folder = mkdtempSync(join(tmpdir(), 'gw-bench-'))
chmodSync(folder, 0o755)
const tone = join(folder, 'tone.mp3')

export const fanOut = async (args: string[]): Promise<void> => {
  const option = (name: string, fallback: string) =>
    args.includes(`--${name}`) ? (args[args.indexOf(`--${name}`) + 1] ?? fallback) : fallback
  const sizes = option('listeners', '1000,4000,8000').split(',').map(Number)
  const rounds = Number(option('rounds', '3'))
  const seconds = option('seconds', '20')
  const kinds = option('kinds', 'plain,icy,tls').split(',')
  if (!has('ffmpeg') || !has('icecast2')) throw new Error('This bench needs ffmpeg and icecast2.')
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'anoisesrc=c=pink:r=44100:a=0.2:d=60',
    '-ac',
    '2',
    '-c:a',
    'libmp3lame',
    '-b:a',
    '128k',
    tone,
  ])

  for (const size of sizes) {
    for (const kind of kinds) {
      const results = new Map<string, Figures[]>()
      for (let round = 0; round < rounds; round++) {
        for (const start of kind === 'tls' ? [startOurs] : [startIcecast, startOurs]) {
          // oxlint-disable-next-line no-await-in-loop -- one server at a time, that is the point
          const { name, figures } = await measure(start, { size, kind, seconds })
          results.set(name, [...(results.get(name) ?? []), figures])
        }
      }
      report(size, kind, results)
    }
  }
}

const measure = async (
  start: () => Promise<Server>,
  { size, kind, seconds }: { size: number; kind: string; seconds: string },
) => {
  const server = await start()
  const source = run('ffmpeg', [
    '-nostdin',
    '-v',
    'quiet',
    '-re',
    '-stream_loop',
    '-1',
    '-i',
    tone,
    '-c',
    'copy',
    '-f',
    'mp3',
    '-content_type',
    'audio/mpeg',
    `icecast://source:${PASSWORD}@127.0.0.1:${server.port}/bench.mp3`,
  ])
  try {
    await new Promise((later) => setTimeout(later, 6000))
    const before = residentBytes(server.pid)
    const port = kind === 'tls' ? server.tlsPort! : server.port
    const load = fork(
      join(import.meta.dirname, 'load.ts'),
      [
        '--port',
        String(port),
        '--listeners',
        String(size),
        '--seconds',
        seconds,
        ...(kind === 'icy' ? ['--icy'] : []),
        ...(kind === 'tls' ? ['--tls', '--joins', '300'] : []),
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    )
    const figures = await watch(load, server, { before, size, seconds: Number(seconds) })
    return { name: server.name, figures }
  } finally {
    await stop(source)
    await server.stop()
  }
}

const watch = (
  load: ChildProcess,
  server: Server,
  { before, size, seconds }: { before: number; size: number; seconds: number },
): Promise<Figures> =>
  new Promise((resolve, reject) => {
    let cpu = 0
    let used = 0
    let memory = 0
    load.on('message', (message: { type: string; result: Record<string, number> }) => {
      if (message.type === 'steady') cpu = cpuSeconds(server.pid)
      if (message.type === 'over') {
        used = cpuSeconds(server.pid) - cpu
        memory = residentBytes(server.pid) - before
      }
      if (message.type === 'result') {
        const { firstByteP50 = 0, firstByteP99 = 0, longestGap = 0, lost = 0, kbps = 0 } = message.result
        resolve({
          cpuMicros: (used * 1e6) / size / seconds,
          memoryKb: memory / 1024 / size,
          firstP50: firstByteP50,
          firstP99: firstByteP99,
          gap: longestGap,
          lost,
          kbps,
        })
      }
    })
    load.once('exit', (code) => (code === 0 ? undefined : reject(new Error(`the load program ended with ${code}`))))
  })

const startIcecast = async (): Promise<Server> => {
  const port = await freePort()
  const logs = join(folder, `logs-${port}`)
  mkdirSync(logs, { recursive: true })
  chmodSync(logs, 0o777)
  const file = join(folder, `icecast-${port}.xml`)
  writeFileSync(
    file,
    `<icecast><limits><clients>20000</clients><sources>4</sources><queue-size>524288</queue-size><burst-size>65535</burst-size></limits>
<authentication><source-password>${PASSWORD}</source-password><admin-user>admin</admin-user><admin-password>x</admin-password></authentication>
<hostname>localhost</hostname><listen-socket><port>${port}</port></listen-socket>
<paths><basedir>/usr/share/icecast2</basedir><logdir>${logs}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
<logging><accesslog>a.log</accesslog><errorlog>e.log</errorlog><loglevel>1</loglevel></logging></icecast>`,
  )
  // Icecast refuses to run as root.
  const child = run('icecast2', ['-c', file], process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {})
  await until('icecast', () => answers(port))
  return { name: 'icecast', port, pid: child.pid!, stop: () => stop(child) }
}

const startOurs = async (): Promise<Server> => {
  const [port, tlsPort] = [await freePort(), await freePort()]
  const station = join(folder, `station-${port}`)
  mkdirSync(station, { recursive: true })
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      join(station, 'key.pem'),
      '-out',
      join(station, 'cert.pem'),
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  )
  writeFileSync(
    join(station, 'groundwave.yaml'),
    `station: { name: Bench }\nair: { host: 127.0.0.1, port: ${port}, tls: { port: ${tlsPort}, cert: cert.pem, key: key.pem } }\nmounts:\n  - { path: /bench.mp3, name: Bench, source: { user: source, password: ${PASSWORD} } }\n`,
  )
  const child = run(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'serve', station, '--only', 'air'])
  await until('air', () => answers(port))
  return { name: 'groundwave', port, tlsPort, pid: child.pid!, stop: () => stop(child) }
}

const report = (size: number, kind: string, results: Map<string, Figures[]>): void => {
  const middle = (name: string, key: keyof Figures) => median((results.get(name) ?? []).map((figures) => figures[key]))
  const keys: (keyof Figures)[] = ['cpuMicros', 'memoryKb', 'firstP50', 'firstP99', 'gap', 'lost', 'kbps']
  process.stdout.write(
    `\n${size} listeners, ${kind}\n${''.padEnd(12)}${keys.map((key) => key.padStart(11)).join('')}\n`,
  )
  for (const name of results.keys()) {
    process.stdout.write(`${name.padEnd(12)}${keys.map((key) => middle(name, key).toFixed(1).padStart(11)).join('')}\n`)
  }
  if (results.has('icecast')) {
    const ratios = results
      .get('groundwave')!
      .map((figures, i) => figures.cpuMicros / results.get('icecast')![i]!.cpuMicros)
    process.stdout.write(
      `CPU per listener-second, ours / Icecast's, pair by pair: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}  median ${median(ratios).toFixed(2)}\n`,
    )
  }
}
