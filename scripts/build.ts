// Makes dist/ for publishing: JavaScript beside the built browser code. A checkout runs from its sources without it.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
cpSync('build/browser', 'dist/build/browser', { recursive: true })
