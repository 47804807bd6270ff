import type { Context, Hono } from 'hono'
import type { Frame } from './frame.ts'
import type { PageRoute } from './pages.ts'
import type { SiteDeps } from './site-deps.ts'
import { streamsView, type StreamsProps } from './streams.view.ts'
import { createAirAddress } from '../config/air-address.ts'
import { STREAM_PLAYLIST_TYPES, writeM3u, writePls } from '../formats/stream/playlists.ts'
import { mountName } from '../config/mount-name.ts'
import type { StationConfig } from '../config/schema.ts'

/** List files that any player opens: the stream's absolute address in them. */
export const streamRoutes = (app: Hono, { config }: SiteDeps, page: PageRoute): void => {
  const find = (name: string) => config.mounts.find((mount) => mount.public && mountName(mount.path) === name)
  // The port is known before the house starts: air was there first.
  const airAddress = createAirAddress({ url: config.air.url, port: () => config.air.port })

  page(
    '/streams',
    (frame, context) => ({
      html: streamsView({
        frame,
        streams: streamsOf(config, frame, airAddress(context.req.header('host')), houseAddress(config, context)),
      }),
    }),
    { perHost: true },
  )

  app.get('/streams/:file{.+\\.(m3u|pls)}', (context, next) => {
    const [, name = '', kind = ''] = /^(.+)\.(m3u|pls)$/.exec(context.req.param('file')) ?? []
    const mount = find(name)
    if (!mount) return next()
    const entries = [{ url: airAddress(context.req.header('host')) + mount.path, title: mount.name }]
    return listResponse(context, {
      kind: kind as 'm3u' | 'pls',
      name,
      text: kind === 'm3u' ? writeM3u(entries) : writePls(entries),
    })
  })
}

const houseAddress = ({ station }: StationConfig, context: Context): string =>
  station.url?.replace(/\/$/, '') ?? new URL(context.req.url).origin

const streamsOf = (
  config: StationConfig,
  { now, streams }: Frame,
  air: string,
  house: string,
): StreamsProps['streams'] => {
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

const listResponse = (context: Context, { kind, name, text }: { kind: 'm3u' | 'pls'; name: string; text: string }) =>
  context.body(text, 200, {
    'content-type': `${STREAM_PLAYLIST_TYPES[kind]}; charset=utf-8`,
    'content-disposition': `inline; filename="${name}.${kind}"`,
    'cache-control': 'no-cache',
  })
