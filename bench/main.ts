// `npm run bench -- <name> [options]`: each bench compares with a peer or a limit in the same run and prints ratios.
const benches: Record<string, () => Promise<(args: string[]) => Promise<void>>> = {
  'fan-out': async () => (await import('./fan-out.ts')).fanOut,
  start: async () => (await import('./start.ts')).start,
  page: async () => (await import('./page.ts')).page,
  search: async () => (await import('./search.ts')).search,
  publish: async () => (await import('./publish.ts')).publish,
  intake: async () => (await import('./intake.ts')).intake,
  related: async () => (await import('./related.ts')).related,
}

const [name = '', ...args] = process.argv.slice(2)
const load = benches[name]
if (load) {
  const bench = await load()
  await bench(args)
  process.exit(0)
}
process.stdout.write(`There are these benches: ${Object.keys(benches).join(', ')}\n`)
process.exitCode = name === '' ? 0 : 1
