import { Fragment, type Mark, type Node } from 'prosemirror-model'
import { pointerTo } from '../formats/news/cds-json.ts'
import { cleanText } from '../formats/news/plain-text.ts'
import { bodySchema, isBodyEmbed } from './body-schema.ts'

/** What is wrong with a body, and where (RFC 6901 pointer into its JSON). */
export type BodyProblem = { pointer: string; message: string }

/** Nodes within nodes: a cell is 4 deep, text in a list of the fourth level 10. */
const deepest = 24
const mostNodes = 50_000
/** Characters of text: a book of 300 pages has 600 000. */
const mostText = 2_000_000
/** Problems told; the first ones are the ones to mend. */
const mostProblems = 20

/**
 * JSON of anybody → a body of our schema, or what is wrong with it. Depth and size are bounded before anything is
 * built; every attribute and mark is checked; fields we do not know are dropped, characters nobody sees are taken out
 * of the text, so that a keystroke is never lost over one of them. Never throws.
 */
export const checkBody = (json: unknown): { doc: Node } | { problems: BodyProblem[] } => {
  const reading: Reading = { problems: [], nodes: 0, text: 0 }
  const doc = readNode(json, '', 0, reading)
  if (reading.problems.length === 0 && doc && doc.type !== bodySchema.topNodeType) {
    tell(reading, '', 'This is not a whole body: its type must be doc.')
  }
  if (!doc || reading.problems.length > 0) return { problems: reading.problems }
  try {
    doc.check()
    return { doc }
  } catch (error) {
    return { problems: [{ pointer: '', message: error instanceof Error ? error.message : String(error) }] }
  }
}

type Reading = { problems: BodyProblem[]; nodes: number; text: number }
type Json = Record<string, unknown>

const tell = ({ problems }: Reading, pointer: string, message: string): null => {
  if (problems.length < mostProblems) problems.push({ pointer, message })
  return null
}

const own = (json: Json, key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined)

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const readNode = (json: unknown, pointer: string, depth: number, reading: Reading): Node | null => {
  if (reading.problems.length >= mostProblems) return null
  // Told once: the thousands after it are the same problem.
  if (reading.nodes++ === mostNodes) return tell(reading, pointer, `A body has at most ${mostNodes} parts.`)
  if (reading.nodes > mostNodes) return null
  if (depth > deepest) return tell(reading, pointer, `A body is at most ${deepest} parts deep.`)
  if (!isJson(json)) return tell(reading, pointer, 'This is no part of a body.')
  const name = own(json, 'type')
  const type = typeof name === 'string' && Object.hasOwn(bodySchema.nodes, name) ? bodySchema.nodes[name] : undefined
  if (!type) return tell(reading, pointerTo(pointer, 'type'), 'There is no such part of a body.')

  const marks = readMarks(own(json, 'marks'), pointer, reading)
  if (type.isText) return readText(own(json, 'text'), marks, pointer, reading)

  const attrs = readAttrs(type, own(json, 'attrs'), pointer, reading)
  if (name === 'embed' && attrs && !isBodyEmbed(attrs)) {
    return tell(
      reading,
      pointerTo(pointer, 'attrs'),
      'This provider is not on the list of embeds, or the id is not one of its.',
    )
  }
  const listed = own(json, 'content') ?? []
  if (!Array.isArray(listed)) return tell(reading, pointerTo(pointer, 'content'), 'content must be a list.')
  const children: Node[] = []
  for (const [at, child] of listed.entries()) {
    if (isEmptyText(child)) continue
    const node = readNode(child, pointerTo(pointer, 'content', at), depth + 1, reading)
    if (node) children.push(node)
    if (reading.problems.length >= mostProblems) return null
  }
  if (!attrs || reading.problems.length > 0) return null
  const content = Fragment.fromArray(children)
  if (!type.validContent(content)) {
    return tell(reading, pointer, `A ${name as string} may not hold what this one holds.`)
  }
  return type.create(attrs, content)
}

const isEmptyText = (json: unknown) =>
  isJson(json) && own(json, 'type') === 'text' && cleanedText(own(json, 'text')) === ''

const cleanedText = (text: unknown) => (typeof text === 'string' ? cleanText(text) : null)

const readText = (value: unknown, marks: Mark[], pointer: string, reading: Reading): Node | null => {
  const text = cleanedText(value)
  if (!text) return tell(reading, pointerTo(pointer, 'text'), 'A text needs text.')
  reading.text += text.length
  if (reading.text > mostText) return tell(reading, pointer, `A body has at most ${mostText} characters.`)
  return bodySchema.text(text, marks)
}

const readMarks = (value: unknown, pointer: string, reading: Reading): Mark[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > 10) {
    tell(reading, pointerTo(pointer, 'marks'), 'marks must be a short list.')
    return []
  }
  let marks: readonly Mark[] = []
  for (const [at, one] of value.entries()) {
    const place = pointerTo(pointer, 'marks', at)
    const name = isJson(one) ? own(one, 'type') : undefined
    const type = typeof name === 'string' && Object.hasOwn(bodySchema.marks, name) ? bodySchema.marks[name] : undefined
    if (!type || !isJson(one)) {
      tell(reading, place, 'There is no such mark.')
      continue
    }
    const attrs = readAttrs(type, own(one, 'attrs'), place, reading)
    if (attrs) marks = type.create(attrs).addToSet(marks)
  }
  return [...marks]
}

type WithAttrs = { spec: { attrs?: Record<string, { default?: unknown; validate?: unknown }> } }

/** The attributes the schema knows, each checked; null after telling what is wrong. */
const readAttrs = ({ spec }: WithAttrs, value: unknown, pointer: string, reading: Reading): Json | null => {
  const given = isJson(value) ? value : {}
  const attrs: Json = {}
  let good = true
  for (const [name, { default: standard, validate }] of Object.entries(spec.attrs ?? {})) {
    const attr = own(given, name) ?? standard
    const mended = typeof attr === 'string' ? cleanText(attr) : attr
    try {
      ;(validate as (value: unknown) => void)(mended)
      attrs[name] = mended
    } catch (error) {
      tell(
        reading,
        pointerTo(pointer, 'attrs', name),
        `${name} ${error instanceof Error ? error.message : 'is wrong'}.`,
      )
      good = false
    }
  }
  return good ? attrs : null
}
