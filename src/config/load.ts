import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GroundwaveError } from '../base/errors.ts'
import { readDocument } from './document.ts'
import { formatProblem } from './problem.ts'
import type { Problem } from './problem.ts'
import { checkRules } from './rules.ts'
import { configSchema } from './schema.ts'
import type { StationConfig } from './schema.ts'
import { tellIssue } from './words.ts'

export { formatProblem, type Problem } from './problem.ts'

export type LoadedConfig = StationConfig & {
  /** The station's folder and its groundwave.yaml, absolute. */
  folder: string
  file: string
}

type Env = Record<string, string | undefined>

/**
 * Reads groundwave.yaml in the station's folder. The environment's ports win over the file's.
 * Throws CONFIG_MISSING when there is no such file, and CONFIG_INVALID whose detail is all problems, one a line.
 */
export const loadConfig = (folder: string, env: Env = {}): LoadedConfig => {
  const file = join(resolve(folder), 'groundwave.yaml')
  const { config, problems } = readConfig(readText(file), env)
  if (!config) throw new GroundwaveError('CONFIG_INVALID', `\n${problems.map((one) => formatProblem(one)).join('\n')}`)
  return { ...config, folder: resolve(folder), file }
}

/** Everything wrong with the text of a groundwave.yaml, in the order of its lines; empty when it can be used. */
export const checkConfig = (text: string): Problem[] => readConfig(text, {}).problems

const readConfig = (text: string, env: Env): { config: StationConfig | null; problems: Problem[] } => {
  const document = readDocument(text)
  if (document.problems.length) return { config: null, problems: document.problems }
  const { ports, problems: envProblems } = readPorts(env)
  const overridden = { ...document, data: withPorts(document.data ?? {}, ports) }
  const read = configSchema.safeParse(overridden.data)
  const issues = read.success ? [] : read.error.issues.flatMap((issue) => tellIssue(overridden, issue))
  const problems = [...issues, ...checkRules(overridden)].sort((a, b) => a.line - b.line || a.column - b.column)
  const all = [...envProblems, ...problems]
  return { config: read.success && all.length === 0 ? read.data : null, problems: all }
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new GroundwaveError('CONFIG_MISSING', undefined, { cause })
    throw new GroundwaveError('CONFIG_INVALID', `It cannot be read (${code}).`, { cause })
  }
}

type Ports = Partial<Record<'house' | 'air', number>>

const readPorts = (env: Env): { ports: Ports; problems: Problem[] } => {
  const ports: Ports = {}
  const problems: Problem[] = []
  for (const part of ['house', 'air'] as const) {
    const path = `GROUNDWAVE_${part.toUpperCase()}_PORT`
    const text = env[path]
    if (!text) continue
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) ports[part] = Number(text)
    else problems.push({ line: 0, column: 0, path, message: 'needs a port number from 0 to 65535', hint: '' })
  }
  return { ports, problems }
}

const withPorts = (data: unknown, ports: Ports): unknown => {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  const result: Record<string, unknown> = { ...data }
  for (const [part, port] of Object.entries(ports)) {
    const section = result[part] ?? {}
    if (typeof section === 'object') result[part] = { ...section, port }
  }
  return result
}
