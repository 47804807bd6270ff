import type { z } from 'zod'
import type { ConfigDocument } from './document.ts'
import { keysAt } from './known-keys.ts'
import { formatPath, nearest, suggest } from './problem.ts'
import type { Problem } from './problem.ts'
import { configSchema } from './schema.ts'

type Issue = z.core.$ZodIssue

/** What the validator found, in words for the person who wrote the file, each with its line. */
export const tellIssue = (document: ConfigDocument, issue: Issue): Problem[] => {
  const { path } = issue
  const value = valueAt(document.data, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        document.atKey([...path, key], 'is not a key Groundwave knows', suggest(key, keysAt(path))),
      )
    case 'invalid_type':
      if (issue.expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
        return [document.at(path, ...asText(document.data, path, String(value)))]
      return [document.at(path, ...wrongType(issue.expected, value))]
    case 'invalid_value': {
      const known = issue.values.map(String)
      const near = nearest(String(value), known)
      return [document.at(path, `needs one of: ${known.join(', ')}`, near ? `Did you mean "${near}"?` : '')]
    }
    case 'invalid_key':
      return [document.atKey(path, issue.issues[0]?.message ?? 'is not a name that can be used here')]
    case 'too_small':
      return [document.at(path, tooSmall(issue.origin, issue.minimum))]
    case 'too_big':
      return [document.at(path, `must be at most ${issue.maximum}`)]
    case 'invalid_format':
      return [document.at(path, formats[issue.format] ?? issue.message)]
    default:
      return [document.at(path, issue.message)]
  }
}

const formats: Record<string, string> = {
  url: 'needs a web address such as https://radio.example',
  datetime: 'needs a moment with its offset, such as 2026-05-01T18:00:00-04:00',
}

const wrongType = (expected: string, value: unknown): [message: string, hint: string] => {
  const kind = kinds[expected] ?? expected
  if (value === undefined) return [`is missing; it needs ${kind}`, '']
  return [`needs ${kind}`, '']
}

// `burst: 4` is a number to YAML. Quotes would only bring the next complaint, so that one is told at once.
const asText = (data: unknown, path: readonly PropertyKey[], text: string): [message: string, hint: string] => {
  const read = configSchema.safeParse(withValue(data, path, text))
  const issue = read.error?.issues.find((one) => formatPath(one.path) === formatPath(path))
  return issue ? [issue.message, ''] : ['needs text', 'Put it in quotes.']
}

const withValue = (data: unknown, [step, ...rest]: readonly PropertyKey[], value: unknown): unknown => {
  if (step === undefined) return value
  if (Array.isArray(data))
    return data.map((item, at) => (at === step ? withValue(item, rest, value) : (item as unknown)))
  const record = data as Record<PropertyKey, unknown>
  return { ...record, [step]: withValue(record[step], rest, value) }
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each item on a line that begins with "-"',
  object: 'keys under it',
  record: 'names under it, each with its own keys',
}

const tooSmall = (origin: string, minimum: number | bigint): string => {
  if (origin === 'string') return 'must not be empty'
  return origin === 'array' ? `needs at least ${minimum}` : `must be at least ${minimum}`
}

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    data,
  )
