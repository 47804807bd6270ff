import type { ConfigDocument } from './document.ts'
import { suggest } from './problem.ts'
import type { Problem } from './problem.ts'
import { checkWeek } from './rules-week.ts'
import { mountName } from './mount-name.ts'
import { configSchema } from './schema.ts'
import type { MountConfig } from './schema.ts'

/** What one key alone cannot show: names that must differ, and things that must exist. Skips what is not valid by itself. */
export const checkRules = (document: ConfigDocument): Problem[] => {
  const mounts = readMounts(document.data)
  return [
    ...checkMounts(document, mounts),
    ...checkSections(document),
    ...checkWire(document),
    ...checkDoor(document),
    ...checkPorts(document),
    ...checkWeek(
      document,
      mounts.map(({ mount }) => mountName(mount.path)),
    ),
  ]
}

type PlacedMount = { mount: MountConfig; index: number }

const readMounts = (data: unknown): PlacedMount[] =>
  listAt(data, 'mounts').flatMap((item, index) => {
    const read = configSchema.shape.mounts.element.safeParse(item)
    return read.success ? [{ mount: read.data, index }] : []
  })

const checkMounts = (document: ConfigDocument, mounts: PlacedMount[]): Problem[] =>
  mounts.flatMap(({ mount, index }, position) => {
    const earlier = mounts.slice(0, position)
    const samePath = earlier.find((other) => other.mount.path === mount.path)
    const sameName = earlier.find((other) => mountName(other.mount.path) === mountName(mount.path))
    const path = ['mounts', index, 'path']
    const problems: Problem[] = []
    if (samePath)
      problems.push(document.at(path, `is the path of mounts[${samePath.index}] too`, 'Each mount needs its own.'))
    else if (sameName)
      problems.push(
        document.at(
          path,
          `is called "${mountName(mount.path)}" just like mounts[${sameName.index}]`,
          'The path without its ending names the stream; change it.',
        ),
      )
    return [...problems, ...checkBackups(document, mounts, { mount, index }), ...checkFile(document, { mount, index })]
  })

const checkBackups = (document: ConfigDocument, mounts: PlacedMount[], { mount, index }: PlacedMount): Problem[] =>
  mount.backups.flatMap((backup, place) => {
    const path = ['mounts', index, 'backups', place]
    const paths = mounts.map((other) => other.mount.path)
    if (backup === mount.path) return [document.at(path, 'is the mount itself', 'A backup is another mount.')]
    // A mount that is written but not valid by itself is not missing.
    if (!paths.includes(backup) && !listAt(document.data, 'mounts').some((item) => fieldOf(item, 'path') === backup))
      return [document.at(path, 'is no mount of this station', suggest(backup, paths))]
    if (!mayShareCodec(mount.path, backup))
      return [
        document.at(
          path,
          `carries another codec than ${mount.path}`,
          'Listeners cannot change codec while they listen.',
        ),
      ]
    return []
  })

const checkFile = (document: ConfigDocument, { mount, index }: PlacedMount): Problem[] =>
  mount.file === undefined || mayShareCodec(mount.path, mount.file)
    ? []
    : [document.at(['mounts', index, 'file'], `needs the codec of ${mount.path}, shown by the same ending`)]

// An .ogg can hold Vorbis, Opus or FLAC: only what comes in can tell.
const mayShareCodec = (a: string, b: string): boolean => {
  const endings = [ending(a), ending(b)]
  return (
    endings[0] === endings[1] ||
    (endings.includes('ogg') && endings.every((one) => ['ogg', 'opus', 'flac'].includes(one)))
  )
}

const ending = (path: string) => path.slice(path.lastIndexOf('.') + 1).toLowerCase()

const checkSections = (document: ConfigDocument): Problem[] => {
  const ids = listAt(document.data, 'sections').map((section) => fieldOf(section, 'id'))
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [document.at(['sections', index, 'id'], `is the id of sections[${ids.indexOf(id)}] too`)]
      : [],
  )
}

const checkWire = (document: ConfigDocument): Problem[] => {
  const read = configSchema.shape.sections.safeParse(fieldOf(document.data, 'sections'))
  const wires = fieldOf(document.data, 'wire')
  if (!read.success || typeof wires !== 'object' || wires === null) return []
  const sections = read.data.map(({ id }) => id)
  return Object.entries(wires).flatMap(([wire, source]) => {
    const check = (path: PropertyKey[], section: unknown) =>
      typeof section !== 'string' || sections.includes(section)
        ? []
        : [document.at(['wire', wire, ...path, 'section'], `is no section of this station`, suggest(section, sections))]
    const rules = listAt(source, 'rules').flatMap((rule, at) => check(['rules', at], fieldOf(rule, 'section')))
    return [...check([], fieldOf(source, 'section') ?? 'news'), ...rules]
  })
}

/** A source nobody can push to and that asks nobody is a mistake. */
const checkDoor = (document: ConfigDocument): Problem[] => {
  const wires = fieldOf(document.data, 'wire')
  if (typeof wires !== 'object' || wires === null) return []
  return Object.entries(wires).flatMap(([wire, source]) =>
    fieldOf(source, 'token') === undefined && fieldOf(source, 'fetch') === undefined
      ? [
          document.at(
            ['wire', wire],
            'has neither a token nor fetch',
            'Give it a token to be pushed to, or fetch to ask.',
          ),
        ]
      : [],
  )
}

const checkPorts = (document: ConfigDocument): Problem[] => {
  const house = configSchema.shape.house.safeParse(fieldOf(document.data, 'house'))
  const air = configSchema.shape.air.safeParse(fieldOf(document.data, 'air'))
  if (!house.success || !air.success || house.data.host !== air.data.host || house.data.port === 0) return []
  const taken = [
    { port: air.data.port, by: 'air.port' },
    { port: air.data.shoutcast ? air.data.port + 1 : 0, by: 'Shoutcast sources (air.port + 1)' },
    { port: air.data.tls?.port ?? 0, by: 'air.tls.port' },
  ].find(({ port }) => port === house.data.port)
  return taken ? [document.at(['house', 'port'], `is the port of ${taken.by} too`, 'Give each its own.')] : []
}

const listAt = (data: unknown, key: string): unknown[] => {
  const list = fieldOf(data, key)
  return Array.isArray(list) ? list : []
}

const fieldOf = (data: unknown, key: string): unknown =>
  typeof data === 'object' && data !== null && Object.hasOwn(data, key)
    ? (data as Record<string, unknown>)[key]
    : undefined
