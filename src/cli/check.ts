import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GroundwaveError } from '../base/errors.ts'
import { checkConfig, formatProblem } from '../config/load.ts'

/** `check DIR`: every problem of the configuration with its line and the way to mend it. */
export const check = async (folder = process.env['GROUNDWAVE_DATA']): Promise<number> => {
  if (!folder) throw new GroundwaveError('USAGE', '(check DIR)')
  const file = join(folder, 'groundwave.yaml')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new GroundwaveError('CONFIG_MISSING', `(${file})`, { cause })
  }
  const problems = checkConfig(text)
  for (const problem of problems) process.stdout.write(`${formatProblem(problem, file)}\n`)
  process.stdout.write(problems.length === 0 ? `${file} is in order.\n` : `${problems.length} to mend.\n`)
  return problems.length === 0 ? 0 : 1
}
