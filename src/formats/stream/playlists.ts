/** One stream address as a player's list shows it. */
export type PlaylistEntry = { url: string; title: string }

export type StreamPlaylistType = 'm3u' | 'pls' | 'xspf'

/** Content types as players and desktops know them. */
export const STREAM_PLAYLIST_TYPES: Record<StreamPlaylistType, string> = {
  m3u: 'audio/x-mpegurl',
  pls: 'audio/x-scpls',
  xspf: 'application/xspf+xml',
}

// Both text forms are line by line and have no escape.
const oneLine = (text: string): string => text.replaceAll(/[\r\n\0]+/g, ' ').trim()

const xmlText = (text: string): string =>
  text
    // XML 1.0 §2.2 forbids the rest of the control characters in any form.
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** Extended M3U; -1 is the length of what does not end. */
export const writeM3u = (entries: readonly PlaylistEntry[]): string =>
  ['#EXTM3U', ...entries.flatMap(({ url, title }) => [`#EXTINF:-1,${oneLine(title)}`, oneLine(url)]), ''].join('\r\n')

/** PLS, version 2. */
export const writePls = (entries: readonly PlaylistEntry[]): string =>
  [
    '[playlist]',
    `NumberOfEntries=${entries.length}`,
    ...entries.flatMap(({ url, title }, index) => [
      `File${index + 1}=${oneLine(url)}`,
      `Title${index + 1}=${oneLine(title)}`,
      `Length${index + 1}=-1`,
    ]),
    'Version=2',
    '',
  ].join('\r\n')

/** XSPF, version 1. */
export const writeXspf = (title: string, entries: readonly PlaylistEntry[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
    `  <title>${xmlText(title)}</title>`,
    '  <trackList>',
    ...entries.map(
      (entry) => `    <track><location>${xmlText(entry.url)}</location><title>${xmlText(entry.title)}</title></track>`,
    ),
    '  </trackList>',
    '</playlist>',
    '',
  ].join('\n')
