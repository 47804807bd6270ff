import { GroundwaveError } from '../base/errors.ts'
import { slugOf } from './slug.ts'

/** A section of the station: the first part of its stories' addresses, and its name. */
export type Section = { id: string; name: string }

/** First parts of addresses that are something else. */
const TAKEN = new Set(
  `api archive assets audio authors corrections favicon.svg feeds healthz hls listen metrics oembed page pictures programs
  robots.txt schedule search sitemap sitemap-news story streams studio text theme topics`.split(/\s+/),
)

const LONGEST = 60

/** Throws NAME_MISSING, SECTION_TAKEN. */
export const withSection = (sections: readonly Section[], typed: string): Section[] => {
  const name = nameOf(typed)
  const id = slugOf(name)
    .replaceAll(/[^a-z0-9-]/g, '')
    .replace(/^[^a-z]+/, '')
  if (!id) throw new GroundwaveError('NAME_MISSING')
  if (TAKEN.has(id) || sections.some((one) => one.id === id || one.name === name))
    throw new GroundwaveError('SECTION_TAKEN')
  return [...sections, { id, name }]
}

/** Its stories keep their addresses. Throws NAME_MISSING, SECTION_TAKEN. */
export const renamedSection = (sections: readonly Section[], id: string, typed: string): Section[] => {
  const name = nameOf(typed)
  if (sections.some((one) => one.id !== id && one.name === name)) throw new GroundwaveError('SECTION_TAKEN')
  return sections.map((one) => (one.id === id ? { id, name } : one))
}

export const movedSection = (sections: readonly Section[], id: string, by: -1 | 1): Section[] => {
  const at = sections.findIndex((one) => one.id === id)
  const one = sections[at]
  if (!one) return [...sections]
  const others = sections.filter((other) => other !== one)
  const to = Math.max(0, at + by)
  return [...others.slice(0, to), one, ...others.slice(to)]
}

/** `stories`: how many there are in it. Throws SECTION_IN_USE, also for the last one. */
export const withoutSection = (sections: readonly Section[], id: string, stories: number): Section[] => {
  if (stories > 0 || sections.length < 2) throw new GroundwaveError('SECTION_IN_USE')
  return sections.filter((one) => one.id !== id)
}

const nameOf = (typed: string): string => {
  const name = typed.trim().replace(/\s+/g, ' ').slice(0, LONGEST)
  if (!name) throw new GroundwaveError('NAME_MISSING')
  return name
}
