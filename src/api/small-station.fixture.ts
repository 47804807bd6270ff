import { getRequestListener } from '@hono/node-server'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MountView } from '../air/air-view.ts'
import { silentLog } from '../base/log.ts'
import { configSchema } from '../config/schema.ts'
import { createSchedule } from '../schedule/schedule.ts'
import { createAirAddress } from '../config/air-address.ts'
import { createApi } from './api.ts'
import type { OnAir } from './now-answer.ts'

/** One station of two streams, whose clock and air a test turns by hand. */
export const smallStation = () => {
  const config = configSchema.parse({
    station: { name: 'Oxbow Public Radio', zone: 'America/New_York' },
    mounts: [
      { path: '/news.mp3', name: 'Oxbow News', label: '90.3 FM', source: { password: 'p' } },
      { path: '/music.ogg', name: 'Oxbow Music', source: { password: 'p' } },
      { path: '/auto.mp3', name: 'Playout', public: false, source: { password: 'p' } },
    ],
    programs: {
      'the-way-home': { name: 'The Way Home', host: 'Mina Castellane', picture: 'mina.svg' },
      'last-ferry': { name: 'Last Ferry' },
    },
    schedule: {
      news: [
        { days: ['wed'], start: '16:00', end: '18:30', program: 'the-way-home', episode: 'The bridge' },
        { days: ['wed'], start: '23:00', end: '24:00', program: 'last-ferry' },
      ],
    },
  })
  const schedule = createSchedule({ ...config, zone: config.station.zone })
  const clock = { at: Date.parse('2026-07-01T21:00:00Z'), now: () => clock.at }
  const views: MountView[] = [
    {
      mount: '/news.mp3',
      name: 'news',
      up: true,
      since: Date.parse('2026-07-01T10:00:00Z'),
      feed: 'source',
      title: null,
      titleAt: 0,
      format: { codec: 'mp3', rate: 44_100, channels: 2, kbps: 128 },
      hls: true,
      listeners: 3,
    },
    {
      mount: '/music.ogg',
      name: 'music',
      up: false,
      since: Date.parse('2026-07-01T20:59:00Z'),
      feed: 'silence',
      title: '',
      titleAt: 0,
      format: null,
      hls: false,
      listeners: 0,
    },
  ]
  const listeners = new Set<() => void>()
  const readers = new Set<() => void>()
  const onAir = (at: number): OnAir[] =>
    views.map((view, index) => ({
      view,
      title: config.mounts[index]!.name,
      label: config.mounts[index]!.label,
      ...schedule.nowAndNext(view.name, at),
    }))
  const api = createApi({
    newsroom: {
      stories: () => [],
      card: () => null,
      read: async () => null,
      isKilled: () => false,
      killProof: async () => null,
      kill: () => Promise.reject(new Error('nobody writes here')),
      change: () => Promise.reject(new Error('nobody writes here')),
      onChange: (listener) => {
        readers.add(listener)
        return () => readers.delete(listener)
      },
    },
    people: { bearer: async () => null },
    wire: { admits: async () => false, receive: async () => [] },
    config,
    version: '0.1.0',
    onAir,
    schedule,
    air: {
      onChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    airAddress: createAirAddress({ port: () => 8000 }),
    clock,
    log: silentLog,
  })
  const server = createServer((req, res) => void getRequestListener(api.app.fetch)(req, res))
  return {
    api,
    clock,
    views,
    followers: () => listeners.size,
    change: () => listeners.forEach((listener) => listener()),
    changeStories: () => readers.forEach((listener) => listener()),
    start: async () => {
      api.start()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    stop: () => {
      api.stop()
      server.closeAllConnections()
      server.close()
    },
  }
}
