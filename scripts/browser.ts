import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

// Builds what browsers get into build/browser: hashed files with their compressed forms, and a manifest of names.
// `--if-stale` does nothing when the inputs are those of the last build.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'build/browser')

/** Logical name (src/site/assets.ts) → the source it is built from. */
const sources = {
  'site.css': 'src/site/theme/site.css',
  'text.css': 'src/site/theme/text.css',
  'site.js': 'src/player/site.client.ts',
  'studio.css': 'src/studio/theme/studio.css',
  'studio.js': 'src/studio/studio.client.ts',
  'read.woff2': 'src/site/theme/fonts/newsreader-latin-opsz-normal.woff2',
  'speak.woff2': 'src/site/theme/fonts/schibsted-grotesk-latin-wght-normal.woff2',
}

/** Everything the output depends on, as one hash. */
const hashInputs = () => {
  const hash = createHash('sha256')
  const files = globSync(
    [
      // Whatever the client's code imports, and it shares much with the server.
      'src/**/*.{ts,css}',
      'src/site/theme/**/*',
      'scripts/browser.ts',
    ],
    {
      cwd: root,
      exclude: ['**/*.test.ts', '**/*.fixture.ts', '**/*.view.ts', '**/*.routes.ts'],
    },
  )
  for (const name of ['node_modules/vite/package.json', 'node_modules/hls.js/package.json', ...files.sort()]) {
    if (extname(name)) hash.update(name).update(readFileSync(join(root, name)))
  }
  return hash.digest('hex')
}

const isFresh = (inputs: string) => {
  const path = join(folder, 'manifest.json')
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { inputs?: string }).inputs === inputs
}

type Chunk = { file: string; isEntry?: boolean }

const bundle = async (outDir: string): Promise<Record<string, string>> => {
  const { build } = await import('vite')
  const input = {
    site: sources['site.js'],
    theme: sources['site.css'],
    text: sources['text.css'],
    studio: sources['studio.js'],
    desk: sources['studio.css'],
  }
  await build({
    root,
    configFile: false,
    base: '/',
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      target: 'esnext',
      cssTarget: 'esnext',
      manifest: 'vite.json',
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: { input },
    },
  })
  const chunks = JSON.parse(readFileSync(join(outDir, 'vite.json'), 'utf8')) as Record<string, Chunk>
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, `/${chunks[source]?.file ?? ''}`]))
}

/** Text compresses once here instead of for each request; fonts are compressed already. */
const compress = (assets: string) => {
  const files = readdirSync(assets)
  for (const name of files.filter((file) => /\.(js|css|svg)$/.test(file))) {
    const bytes = readFileSync(join(assets, name))
    writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
  return files
}

const buildAll = async (inputs: string) => {
  const fresh = `${folder}.${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const names = await bundle(fresh)
  const files = compress(join(fresh, 'assets'))
  const absent = Object.entries(names).find(([, href]) => !files.includes(basename(href)))
  if (absent) throw new Error(`The build made no file for ${absent[0]}.`)
  writeFileSync(join(fresh, 'manifest.json'), JSON.stringify({ inputs, names, files }, null, 2))
  rmSync(join(fresh, 'vite.json'))
  // A server that reads the folder meanwhile sees the old or the new one, never half of one.
  for (let tries = 0; ; tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true })
      return renameSync(fresh, folder)
    } catch (error) {
      // Another build has come between the two.
      if (tries > 4) throw error
    }
  }
}

const inputs = hashInputs()
if (!(process.argv.includes('--if-stale') && isFresh(inputs))) await buildAll(inputs)
