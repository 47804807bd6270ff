import type { Mount } from './mount.ts'

/** One trouble of one mount, in words, since when (ms since the Unix epoch). */
export type Trouble = { mount: string; what: string; since: number }

export type HealthReport = {
  ok: boolean
  status: 'ok' | 'troubled'
  uptime: number
  mounts: {
    mount: string
    feed: string
    up: boolean
    since: string
    listeners: number
    codec: string | null
    title: string | null
    driftMs: number
  }[]
  troubles: { mount: string; what: string; since: string }[]
}

/** Everything that is wrong with a mount now. */
export const troublesOf = (mount: Mount): Trouble[] => {
  const troubles: Trouble[] = []
  const { path: name } = mount
  const { since } = mount.view()
  if (mount.config.public && !mount.up)
    troubles.push({
      mount: name,
      what: mount.feed === 'silence' ? 'sends silence: no source, no backup' : 'is off the air',
      since,
    })
  if (mount.stalled) troubles.push({ mount: name, what: 'its source is connected but sends nothing', since })
  if (mount.deadSince !== null)
    troubles.push({ mount: name, what: 'sends nothing but digital silence', since: mount.deadSince })
  const { stopped } = mount.recorder
  if (stopped) troubles.push({ mount: name, what: `is not archived: ${stopped.reason}`, since: stopped.since })
  return troubles
}

/** For `/healthz`: `ok` means the process serves; troubles of single mounts are listed, not fatal. */
export const healthReport = (mounts: Mount[], { now, started }: { now: number; started: number }): HealthReport => {
  const troubles = mounts.flatMap(troublesOf)
  return {
    ok: true,
    status: troubles.length === 0 ? 'ok' : 'troubled',
    uptime: Math.round((now - started) / 1000),
    mounts: mounts.map((mount) => {
      const view = mount.view()
      return {
        mount: view.mount,
        feed: view.feed,
        up: view.up,
        since: new Date(view.since).toISOString(),
        listeners: view.listeners,
        codec: view.format?.codec ?? null,
        title: view.title,
        driftMs: Math.round(mount.source.drift),
      }
    }),
    troubles: troubles.map((trouble) => ({ ...trouble, since: new Date(trouble.since).toISOString() })),
  }
}

/** For `/metrics`: Prometheus text. */
export const airMetrics = (mounts: Mount[], facts: { connections: number; lagMs: number }): string => {
  const lines: string[] = []
  const metric = (name: string, type: 'gauge' | 'counter', help: string, value: (mount: Mount) => number) => {
    lines.push(`# HELP groundwave_air_${name} ${help}`, `# TYPE groundwave_air_${name} ${type}`)
    for (const mount of mounts) lines.push(`groundwave_air_${name}{mount="${mount.path}"} ${value(mount)}`)
  }
  metric('up', 'gauge', '1 while listeners hear programme', (mount) => (mount.up ? 1 : 0))
  metric('listeners', 'gauge', 'Listeners now, ICY and HLS together', (mount) => mount.view().listeners)
  metric('listeners_peak', 'gauge', 'Most ICY listeners since the start', (mount) => mount.fanOut.peak)
  metric('bytes_sent_total', 'counter', 'Audio bytes sent to ICY listeners', (mount) => mount.fanOut.bytesSent)
  metric('listeners_skipped_total', 'counter', 'Slow listeners skipped forward', (mount) => mount.fanOut.skipped)
  metric('listeners_dropped_total', 'counter', 'Slow listeners let go', (mount) => mount.fanOut.dropped)
  metric('source_connected', 'gauge', '1 while an encoder is connected', (mount) => (mount.source.holder ? 1 : 0))
  metric('source_stalled', 'gauge', '1 while a connected encoder sends nothing', (mount) => (mount.stalled ? 1 : 0))
  metric('dead_air', 'gauge', '1 while programme is digital silence', (mount) => (mount.deadSince === null ? 0 : 1))
  metric('source_drift_ms', 'gauge', 'Media time behind the wall clock, smoothed', (mount) =>
    Math.round(mount.source.drift),
  )
  metric('archive_stopped', 'gauge', '1 while the archive cannot be written', (mount) =>
    mount.recorder.stopped ? 1 : 0,
  )
  metric('hls_edge', 'counter', 'Media sequence number of the newest segment', (mount) => mount.recorder.hls.edge)
  const { rss, heapUsed } = process.memoryUsage()
  lines.push(
    '# HELP groundwave_air_connections Open connections',
    '# TYPE groundwave_air_connections gauge',
    `groundwave_air_connections ${facts.connections}`,
    '# HELP groundwave_air_tick_lag_ms How late the last tick was',
    '# TYPE groundwave_air_tick_lag_ms gauge',
    `groundwave_air_tick_lag_ms ${facts.lagMs.toFixed(1)}`,
    '# HELP process_resident_memory_bytes Resident memory',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${rss}`,
    '# HELP nodejs_heap_used_bytes Heap in use',
    '# TYPE nodejs_heap_used_bytes gauge',
    `nodejs_heap_used_bytes ${heapUsed}`,
  )
  return `${lines.join('\n')}\n`
}
