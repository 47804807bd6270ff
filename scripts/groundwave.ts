// The program in a checkout: makes the browser's files where they are missing or stale, then runs the command.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../src/main.ts')
if (['demo', 'serve'].includes(process.argv[2] ?? '')) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'browser.ts'), '--if-stale'], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
// npm keeps a shell between itself and us, and neither passes on the end of npm: an orphan stops by itself.
if (process.env['npm_lifecycle_event']) {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}
// What the supervisor starts again are processes of the program itself.
process.argv[1] = main
await import(main)
