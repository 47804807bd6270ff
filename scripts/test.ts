// `npm test`: static checks, then every test; `--faults`: only the fault loops, in their long form; `--only PART`: paths that contain PART.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const args = process.argv.slice(2)
const faults = args.includes('--faults')
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
if (faults) process.env['GROUNDWAVE_FAULTS'] = 'full'

/** A hanging test is a failed test, ms; the long fault loops may take their time. */
const TIMEOUT_MS = faults ? 3_600_000 : 600_000

// What starts whole stations and real encoders runs alone: it measures gaps, and two at a time would hear each other.
const alone = globSync(faults ? 'test/faults/*.test.ts' : 'test/{interop,faults,journeys,fresh}/*.test.ts').toSorted()
const together = faults
  ? []
  : globSync(['src/**/*.test.ts', 'test/*.test.ts', 'test/site/*.test.ts', 'test/studio/*.test.ts']).toSorted()

const wanted = (files: string[]) => files.filter((file) => !only || file.includes(only))
const tally = { passed: 0, failed: 0, skipped: new Map<string, string>(), failures: [] as string[] }

const runTests = async (files: string[], concurrency: number): Promise<void> => {
  if (files.length === 0) return
  const stream = run({ files, concurrency, timeout: TIMEOUT_MS })
  stream.on('test:pass', ({ name, skip, details }) => {
    if (skip !== undefined && skip !== false) tally.skipped.set(name, String(skip))
    else if (details.type !== 'suite') tally.passed++
  })
  stream.on('test:fail', ({ name, file, details }) => {
    if (details.type === 'suite') return
    tally.failed++
    tally.failures.push(`${name} (${file ?? ''})`)
  })
  await new Promise<void>((done) => {
    const told = stream.compose(new spec())
    told.pipe(process.stdout, { end: false })
    told.once('end', () => done())
  })
}

const step = (what: string, command: string, commandArgs: string[]): void => {
  process.stdout.write(`\n▶ ${what}\n`)
  const { status } = spawnSync(command, commandArgs, { stdio: 'inherit' })
  if (status !== 0) {
    process.stdout.write(`${what}: failed\n`)
    process.exit(1)
  }
}

step('browser code', process.execPath, ['scripts/browser.ts', '--if-stale'])
if (!faults && !only) step('types, lint, format, dead code', 'npm', ['run', '--silent', 'check'])
await runTests(wanted(together), 2)
await runTests(wanted(alone), 1)

for (const failure of tally.failures) process.stdout.write(`✖ ${failure}\n`)
for (const [name, reason] of tally.skipped) process.stdout.write(`skipped: ${name}: ${reason}\n`)
process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.size} skipped\n`)
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1)
