import type { Context, Hono } from 'hono'
import type { Frame } from './frame.ts'
import type { PageRoute } from './pages.ts'
import type { SiteDeps } from './site-deps.ts'
import { streamsView, type StreamsProps } from './streams.view.ts'
import { mountName } from '../config/mount-name.ts'
import type { StationConfig } from '../config/schema.ts'

/** Where the air can be had as this reader sees it: as configured, else this page's host on the air's port. */
export const airOriginFor = ({ air }: StationConfig, host: string | undefined): string => {
  if (air.url) return air.url.replace(/\/$/, '')
  return `http://${safeHost(host).replace(/:\d+$/, '')}:${air.port}`
}

// A Host header is the stranger's to choose.
const safeHost = (host = 'localhost') => (/^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(host) ? host : 'localhost')

/** List files that any player opens: the stream's absolute address in them. */
export const streamRoutes = (app: Hono, { config }: SiteDeps, page: PageRoute): void => {
  const find = (name: string) => config.mounts.find((mount) => mount.public && mountName(mount.path) === name)
  const host = (context: Context) => airOriginFor(config, context.req.header('host'))

  page(
    '/streams',
    (frame, context) => ({
      html: streamsView({ frame, streams: streamsOf(config, frame, context.req.header('host')) }),
    }),
    { perHost: true },
  )

  app.get('/streams/:file{.+\\.(m3u|pls)}', (context, next) => {
    const [, name = '', kind = ''] = /^(.+)\.(m3u|pls)$/.exec(context.req.param('file')) ?? []
    const mount = find(name)
    if (!mount) return next()
    const url = host(context) + mount.path
    return listResponse(context, { kind, name, text: kind === 'm3u' ? m3u(mount.name, url) : pls(mount.name, url) })
  })
}

const streamsOf = (
  config: StationConfig,
  { now, streams }: Frame,
  host: string | undefined,
): StreamsProps['streams'] => {
  const air = airOriginFor(config, host)
  const house = config.station.url?.replace(/\/$/, '') ?? `http://${safeHost(host)}`
  const address = (kind: string, origin: string, path: string) => ({
    kind,
    url: origin + path,
    // Ours open from here, whatever the house is called.
    href: origin === house ? path : origin + path,
  })
  return streams.map(({ name, title, label, mount }) => {
    const hls = now.streams.find((stream) => stream.name === name)?.hls
    return {
      name,
      title,
      label,
      about: config.mounts.find(({ path }) => path === mount)?.description ?? '',
      addresses: [
        address('Plain', air, mount),
        ...(hls ? [address('HLS', air, hls)] : []),
        address('M3U', house, `/streams/${name}.m3u`),
        address('PLS', house, `/streams/${name}.pls`),
      ],
    }
  })
}

// A line break in a name must not make a second entry.
const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')
const m3u = (title: string, url: string) => `#EXTM3U\n#EXTINF:-1,${oneLine(title)}\n${url}\n`
const pls = (title: string, url: string) =>
  `[playlist]\nNumberOfEntries=1\nFile1=${url}\nTitle1=${oneLine(title)}\nLength1=-1\nVersion=2\n`

const listResponse = (context: Context, { kind, name, text }: { kind: string; name: string; text: string }) =>
  context.body(text, 200, {
    'content-type': kind === 'm3u' ? 'audio/x-mpegurl; charset=utf-8' : 'audio/x-scpls; charset=utf-8',
    'content-disposition': `inline; filename="${name}.${kind}"`,
    'cache-control': 'no-cache',
  })
