import { z } from 'zod'
import { configSchema } from './schema.ts'

type SchemaNode = {
  properties?: Record<string, SchemaNode>
  additionalProperties?: SchemaNode | boolean
  items?: SchemaNode
  required?: string[]
  default?: unknown
}

/** One key groundwave.yaml may hold; `mounts[].burst` and `programs.*.name` stand for all their like. */
export type KnownKey = {
  path: string
  needed: boolean
  /** As it would be written in the file; undefined when there is none. */
  default: unknown
  /** Holds keys of its own. */
  group: boolean
}

const root = z.toJSONSchema(configSchema, { io: 'input' }) as SchemaNode

/** The names allowed directly under the thing at `path`, in the order of the schema. */
export const keysAt = (path: readonly PropertyKey[]): string[] => {
  let node: SchemaNode | undefined = root
  for (const step of path) node = typeof step === 'number' ? node?.items : below(node, String(step))
  return Object.keys(node?.properties ?? {})
}

/** Every key of the schema, top down. */
export const allKeys = (node: SchemaNode = root, prefix = ''): KnownKey[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const path = prefix ? `${prefix}.${name}` : name
    const { inner, path: innerPath } = innermost(child, path)
    const key = {
      path,
      needed: node.required?.includes(name) ?? false,
      default: child.default,
      group: inner.properties !== undefined,
    }
    return [key, ...allKeys(inner, innerPath)]
  })

const innermost = (node: SchemaNode, path: string): { inner: SchemaNode; path: string } => {
  if (node.items) return innermost(node.items, `${path}[]`)
  if (typeof node.additionalProperties === 'object') return innermost(node.additionalProperties, `${path}.*`)
  return { inner: node, path }
}

const below = (node: SchemaNode | undefined, name: string): SchemaNode | undefined =>
  node?.properties?.[name] ?? (typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined)
