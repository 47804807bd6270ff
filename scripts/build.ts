// Makes dist/ for publishing: plain JavaScript, beside the browser code in build/. A checkout runs without it.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
if (status !== 0) process.exit(status ?? 1)
// What pages show beside the built files.
cpSync('src/site/static', 'dist/site/static', { recursive: true })
