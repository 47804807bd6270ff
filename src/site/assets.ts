import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { GroundwaveError } from '../base/errors.ts'

/** One built file with its compressed forms, whole in memory: all of them together weigh less than 2 MB. */
export type AssetFile = { type: string; bytes: Buffer; br: Buffer | null; gzip: Buffer | null }

/** The built browser code, styles and fonts by their logical names. */
export type Assets = {
  /** Address of a logical name (`site.css`), with the hash of its content in it. */
  href(name: AssetName): string
  /** The file at an address path below `/assets/`, or null. */
  file(name: string): AssetFile | null
}

/** What the pages name; scripts/browser.ts writes exactly these into the manifest. */
export const assetNames = [
  'site.css',
  'text.css',
  'site.js',
  'studio.css',
  'studio.js',
  'read.woff2',
  'speak.woff2',
] as const
export type AssetName = (typeof assetNames)[number]

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** Reads what `scripts/browser.ts` built into `folder`. Throws with the way to mend it when it is missing. */
export const loadAssets = (folder: string): Assets => {
  const manifest = readManifest(folder)
  const files = new Map(manifest.files.map((name) => [name, readAsset(folder, name)]))
  return {
    href: (name) => manifest.names[name] ?? missing(folder, `It does not name ${name}.`),
    file: (name) => files.get(name) ?? null,
  }
}

type Manifest = { names: Record<string, string>; files: string[] }

const readManifest = (folder: string): Manifest => {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) return missing(folder, 'There is no manifest.json in it.')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  const absent = assetNames.find((name) => !manifest.names[name])
  return absent ? missing(folder, `It does not name ${absent}.`) : manifest
}

const readAsset = (folder: string, name: string): AssetFile => {
  const path = join(folder, 'assets', name)
  const read = (file: string) => (existsSync(file) ? readFileSync(file) : null)
  const type = types[extname(name)] ?? 'application/octet-stream'
  return { type, bytes: readFileSync(path), br: read(`${path}.br`), gzip: read(`${path}.gz`) }
}

const missing = (folder: string, detail: string): never => {
  throw new GroundwaveError('BROWSER_FILES_MISSING', `(${folder}: ${detail})`)
}
