import { defaultTreeAdapter, parseFragment } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'

/** A drawing in one colour, taken apart and put together again from what we know. Text is ready to stand in HTML. */
export type Logo = { viewBox: string; shapes: string }

/** Longest file looked at, characters. */
const LONGEST = 64_000
const MOST_SHAPES = 200

const numbers = /^[-+\d.eE\s,%]+$/
const path = /^[-+\d.eE\s,MmZzLlHhVvCcSsQqTtAa]+$/
const colour = /^(none|currentColor|inherit)$/i
const word = /^[a-z]+$/
const transform = /^[-+\d.eE\s,()a-zA-Z]+$/
const attributes: Record<string, RegExp> = {
  d: path,
  points: numbers,
  ...Object.fromEntries(
    ['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'stroke-width', 'opacity'].map(
      (name) => [name, numbers],
    ),
  ),
  ...Object.fromEntries(['stroke-linecap', 'stroke-linejoin', 'fill-rule', 'clip-rule'].map((name) => [name, word])),
  transform,
}
const shapes = new Set(['g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'])
/** Not drawn, so nothing is lost without them. */
const silent = new Set(['title', 'desc', 'metadata'])

type Element = DefaultTreeAdapterTypes.Element

/**
 * The SVG file of somebody → a logo, or what keeps it from being one, in a sentence. Every colour becomes the ink
 * around it; anything but plain shapes (scripts, styles, pictures, text, references) is refused by name.
 */
export const readLogo = (svg: string): { logo: Logo } | { reason: string } => {
  if (svg.length > LONGEST) return { reason: 'The file is too large: a logo has at most 64 KB.' }
  const root = parseFragment(
    svg.replace(/^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>/gi, ''),
  ).childNodes.find((node): node is Element => defaultTreeAdapter.isElementNode(node) && node.tagName === 'svg')
  if (!root) return { reason: 'This is no SVG drawing.' }
  const viewBox = viewBoxOf(root)
  if (!viewBox) return { reason: 'The drawing tells no size: it needs a viewBox, or width and height.' }
  const refused = new Set<string>()
  let count = 0
  const draw = (element: Element): string => {
    const inner = element.childNodes.filter((node) => defaultTreeAdapter.isElementNode(node))
    if (element.tagName === 'svg') return inner.map(draw).join('')
    if (silent.has(element.tagName)) return ''
    if (!shapes.has(element.tagName) || count++ > MOST_SHAPES) {
      refused.add(count > MOST_SHAPES ? 'more than 200 shapes' : element.tagName)
      return ''
    }
    return `<${element.tagName}${attributesOf(element)}>${inner.map(draw).join('')}</${element.tagName}>`
  }
  const drawn = draw(root)
  if (refused.size > 0) return { reason: `A logo is made of plain shapes; this one has ${[...refused].join(', ')}.` }
  return drawn ? { logo: { viewBox, shapes: drawn } } : { reason: 'There is nothing drawn in it.' }
}

const attributesOf = (element: Element): string => {
  const kept = element.attrs.flatMap(({ name, value }) => {
    if (name === 'fill' || name === 'stroke') return [[name, colour.test(value.trim()) ? value.trim() : 'currentColor']]
    return attributes[name]?.test(value) ? [[name, value]] : []
  })
  // SVG's own default is black, which is not the ink of a page in the dark.
  const isFilled = kept.some(([name]) => name === 'fill') || element.tagName === 'g' || isWithinFill(element)
  return [...kept, ...(isFilled ? [] : [['fill', 'currentColor']])]
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
}

const isWithinFill = ({ parentNode }: Element): boolean => {
  if (!parentNode || !defaultTreeAdapter.isElementNode(parentNode)) return false
  return (
    (parentNode.tagName === 'g' && parentNode.attrs.some(({ name }) => name === 'fill')) || isWithinFill(parentNode)
  )
}

const viewBoxOf = ({ attrs }: Element): string | null => {
  const of = (wanted: string) => attrs.find(({ name }) => name.toLowerCase() === wanted)?.value.trim() ?? ''
  const given = of('viewbox')
  if (/^[-\d.\s,]+$/.test(given) && given.split(/[\s,]+/).length === 4) return given
  const [width, height] = [Number.parseFloat(of('width')), Number.parseFloat(of('height'))]
  return width > 0 && height > 0 ? `0 0 ${width} ${height}` : null
}
