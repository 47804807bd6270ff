import type { ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export type VitalsDeps = {
  version: string
  airConnected: () => boolean
  /** False while this house shows no stories, because it is out of touch with the database. */
  inTouch: () => boolean
  sseClients: () => number
  /** Bytes of pages kept for the fast path, where there is one. */
  cacheBytes?: (() => number) | undefined
}

/** How the house is, for /healthz and /metrics. */
export type Vitals = {
  start(): void
  stop(): void
  /** Counts an answer when it has gone out. */
  count(res: ServerResponse): void
  /** Counts an answer from the page cache. */
  countCached(): void
  /** JSON. */
  health(): string
  /** Prometheus text format 0.0.4. */
  metrics(): string
}

export const createVitals = ({ version, airConnected, inTouch, sseClients, cacheBytes }: VitalsDeps): Vitals => {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  const classes = [0, 0, 0, 0, 0] // 1xx to 5xx
  let cached = 0
  return {
    start: () => void delay.enable(),
    stop: () => void delay.disable(),
    count: (res) => {
      const at = Math.floor(res.statusCode / 100) - 1
      classes[at] = (classes[at] ?? 0) + 1
    },
    countCached: () => {
      cached++
    },
    health: () =>
      JSON.stringify({
        status: 'ok',
        version,
        air: airConnected() ? 'connected' : 'away',
        database: inTouch() ? 'in touch' : 'out of touch',
        uptime: Math.round(process.uptime()),
      }),
    metrics: () => {
      const memory = process.memoryUsage()
      return [
        counter(
          'requests_total',
          'Requests answered, by class of status',
          ...classes.map((count, at) => ({ count, label: `status="${at + 1}xx"` })),
        ),
        gauge('sse_clients', 'Open event streams', { count: sseClients() }),
        gauge('air_connected', '1 while the air answers', { count: airConnected() ? 1 : 0 }),
        gauge('in_touch', '1 while this house may show stories', { count: inTouch() ? 1 : 0 }),
        gauge(
          'event_loop_lag_seconds',
          'How late the event loop is, since the start',
          { label: 'quantile="0.5"', count: seconds(delay.percentile(50)) },
          { label: 'quantile="0.99"', count: seconds(delay.percentile(99)) },
          { label: 'quantile="1"', count: seconds(delay.max) },
        ),
        gauge(
          'memory_bytes',
          'Memory of the process',
          { label: 'kind="resident"', count: memory.rss },
          { label: 'kind="heap"', count: memory.heapUsed },
          { label: 'kind="external"', count: memory.external },
        ),
        gauge('uptime_seconds', 'Since the process was started', { count: Math.round(process.uptime()) }),
        gauge('info', 'The version in its label', { label: `version="${version}"`, count: 1 }),
        counter('page_cache_hits_total', 'Pages answered from the cache', { count: cached }),
        cacheBytes ? gauge('page_cache_bytes', 'Size of the pages in the cache', { count: cacheBytes() }) : '',
      ].join('')
    },
  }
}

type Sample = { count: number; label?: string }

const metric =
  (type: string) =>
  (name: string, help: string, ...samples: Sample[]) => {
    const full = `groundwave_house_${name}`
    const lines = samples.map(({ count, label }) => `${full}${label ? `{${label}}` : ''} ${count}\n`)
    return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`
  }

const counter = metric('counter')
const gauge = metric('gauge')

// The monitor counts nanoseconds from tick to tick; the tick itself is no lag. NaN before the first tick.
const seconds = (nanoseconds: number) => Math.max(0, Math.round((nanoseconds || 0) / 1000 - 20_000)) / 1e6
