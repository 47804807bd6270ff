/** Something that stands elsewhere, by its provider's own id: never an address or markup of a stranger. */
export type Embed = { provider: string; id: string }

type Provider = {
  /** What the provider calls itself, for the sentence that asks before it is loaded. */
  name: string
  /** The whole id. */
  id: RegExp
  /** Finds the id in an address of one of `hosts`. */
  hosts: RegExp
  find: (url: URL) => string | undefined
  /** The page a reader without frames goes to. */
  page: (id: string) => string
  /** The address of the frame, or null when only a link is shown. */
  frame: (id: string) => string | null
}

const video = /^[\w-]{11}$/

/** The providers whose players may stand in a story. A new one is added here and nowhere else. */
export const embedProviders: Record<string, Provider> = {
  youtube: {
    name: 'YouTube',
    id: video,
    hosts: /^((www|m|music)\.)?youtube(-nocookie)?\.com$|^youtu\.be$/,
    find: ({ hostname, pathname, searchParams }) =>
      hostname === 'youtu.be'
        ? pathname.slice(1)
        : (searchParams.get('v') ?? /^\/(?:embed|shorts|live|v)\/([^/]+)/.exec(pathname)?.[1]),
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
    frame: (id) => `https://www.youtube-nocookie.com/embed/${id}`,
  },
  vimeo: {
    name: 'Vimeo',
    id: /^\d{5,12}$/,
    hosts: /^(www\.|player\.)?vimeo\.com$/,
    find: ({ pathname }) => /^\/(?:video\/)?(\d+)/.exec(pathname)?.[1],
    page: (id) => `https://vimeo.com/${id}`,
    frame: (id) => `https://player.vimeo.com/video/${id}?dnt=1`,
  },
  twitter: {
    name: 'X',
    id: /^\d{1,20}$/,
    hosts: /^((www|mobile|platform)\.)?(twitter|x)\.com$/,
    find: ({ pathname, searchParams }) =>
      /\/status(?:es)?\/(\d+)/.exec(pathname)?.[1] ?? searchParams.get('id') ?? undefined,
    page: (id) => `https://x.com/i/status/${id}`,
    frame: () => null,
  },
  bluesky: {
    name: 'Bluesky',
    id: /^[\w.:-]{3,253}\/[a-z0-9]{5,20}$/,
    hosts: /^(bsky\.app|embed\.bsky\.app)$/,
    find: ({ pathname }) => {
      const [, who, post] = /^\/profile\/([^/]+)\/post\/([^/]+)/.exec(pathname) ?? []
      return who && post ? `${who}/${post}` : undefined
    },
    page: (id) => `https://bsky.app/profile/${id.replace('/', '/post/')}`,
    frame: () => null,
  },
  instagram: {
    name: 'Instagram',
    id: /^[\w-]{5,40}$/,
    hosts: /^(www\.)?instagram\.com$/,
    find: ({ pathname }) => /^\/(?:p|reel|tv)\/([^/]+)/.exec(pathname)?.[1],
    page: (id) => `https://www.instagram.com/p/${id}/`,
    frame: (id) => `https://www.instagram.com/p/${id}/embed/`,
  },
  spotify: {
    name: 'Spotify',
    id: /^(track|album|playlist|show|episode)\/[A-Za-z0-9]{22}$/,
    hosts: /^open\.spotify\.com$/,
    find: ({ pathname }) => pathname.replace(/^\/(embed\/)?/, ''),
    page: (id) => `https://open.spotify.com/${id}`,
    frame: (id) => `https://open.spotify.com/embed/${id}`,
  },
  datawrapper: {
    name: 'Datawrapper',
    id: /^[A-Za-z0-9]{5}$/,
    hosts: /^(datawrapper\.dwcdn\.net|www\.datawrapper\.de)$/,
    find: ({ pathname }) => /^\/(?:_\/)?([A-Za-z0-9]{5})(?:\/|$)/.exec(pathname)?.[1],
    page: (id) => `https://www.datawrapper.de/_/${id}/`,
    frame: (id) => `https://datawrapper.dwcdn.net/${id}/`,
  },
  documentcloud: {
    name: 'DocumentCloud',
    id: /^\d{1,12}(-[\w-]{1,120})?$/,
    hosts: /^(www|embed)\.documentcloud\.org$/,
    find: ({ pathname }) => /^\/documents\/(\d+(?:-[\w-]+)?)/.exec(pathname)?.[1],
    page: (id) => `https://www.documentcloud.org/documents/${id}/`,
    frame: (id) => `https://embed.documentcloud.org/documents/${id}/?embed=1`,
  },
  npr: {
    name: 'NPR',
    id: /^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}$/,
    hosts: /^(www\.)?npr\.org$/,
    find: ({ pathname }) => /^\/player\/embed\/([^/]+\/[^/]+)/.exec(pathname)?.[1],
    page: (id) => `https://www.npr.org/player/embed/${id}`,
    frame: (id) => `https://www.npr.org/player/embed/${id}`,
  },
}

/** The embed that an https address of a frame or a post stands for, or null when its provider is not on the list. */
export const embedOf = (address: string): Embed | null => {
  const url = URL.parse(address.trim().replace(/^\/\//, 'https://'))
  if (!url || !/^https?:$/.test(url.protocol)) return null
  for (const [provider, { hosts, find }] of Object.entries(embedProviders)) {
    if (!hosts.test(url.hostname)) continue
    const id = find(url)
    if (id && isEmbed({ provider, id })) return { provider, id }
  }
  return null
}

/** Whether the provider is on the list and the id has its form. */
export const isEmbed = ({ provider, id }: Embed): boolean =>
  Object.hasOwn(embedProviders, provider) && embedProviders[provider]!.id.test(id)
