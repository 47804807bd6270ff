/** The shapes a photo is shown in: whole, or cut to width ÷ height around its focus. */
export const shapes = { whole: null, '3x2': 3 / 2, '16x10': 16 / 10, '1x1': 1 } as const
export type Shape = keyof typeof shapes

/** Pixels across. A small square is all that a face needs. */
const widths = [320, 640, 960, 1280, 1920]
const widthsOf = (shape: Shape): readonly number[] => (shape === '1x1' ? widths.slice(0, 2) : widths)

export type Format = 'webp' | 'jpg'
export type Rendition = { shape: Shape; width: number; format: Format }
export type Size = { width: number; height: number }
/** A place in a picture as it is seen upright, 0…1 from the left and from the top, in every script. */
export type Focus = { x: number; y: number }

/** What an address without a rendition gives: any browser reads it, and so does whoever shows a link's picture. */
export const USUAL: Rendition = { shape: 'whole', width: 1280, format: 'jpg' }

/** `640.webp`, `3x2-320.jpg`; null for every other name: there is no endless number of sizes to be asked for. */
export const parseRendition = (name: string): Rendition | null => {
  const [, shape = 'whole', digits, format] = /^(?:(3x2|16x10|1x1)-)?([1-9]\d{2,3})\.(webp|jpg)$/.exec(name) ?? []
  const width = Number(digits)
  return widthsOf(shape as Shape).includes(width) ? { shape: shape as Shape, width, format: format as Format } : null
}

export const renditionName = ({ shape, width, format }: Rendition): string =>
  `${shape === 'whole' ? '' : `${shape}-`}${width}.${format}`

/** Whether a story's file is one of the library, and so to be had in renditions: uploaded, or copied from a wire. */
export const isLibraryFile = (file: string): boolean => /^(p|w)-[0-9a-f-]{32,36}$/.test(file)

/** The largest part of the picture in this shape that has the focus as near to its middle as can be. */
export const cropOf = (size: Size, shape: Shape, focus: Focus): Size & { left: number; top: number } => {
  const { width, height } = cutSize(size, shape)
  const place = (all: number, part: number, at: number) =>
    Math.round(Math.min(Math.max(all * at - part / 2, 0), all - part))
  return { left: place(size.width, width, focus.x), top: place(size.height, height, focus.y), width, height }
}

/** The pixels a rendition really has: never more than the photo. */
export const sizeOfRendition = (size: Size, { shape, width }: Pick<Rendition, 'shape' | 'width'>): Size => {
  const cut = cutSize(size, shape)
  const across = Math.min(width, cut.width)
  return { width: across, height: Math.max(1, Math.round((cut.height * across) / cut.width)) }
}

/** What a page offers a browser to choose from, the smallest first; none twice for a small photo. */
export const choicesOf = (size: Size, shape: Shape): { width: number; pixels: number }[] => {
  const { width: most } = cutSize(size, shape)
  const all = widthsOf(shape)
  const enough = all.findIndex((width) => width >= most)
  return all.slice(0, enough < 0 ? all.length : enough + 1).map((width) => ({ width, pixels: Math.min(width, most) }))
}

const cutSize = ({ width, height }: Size, shape: Shape): Size => {
  const ratio = shapes[shape]
  if (ratio === null) return { width, height }
  return width / height > ratio
    ? { width: Math.max(1, Math.round(height * ratio)), height }
    : { width, height: Math.max(1, Math.round(width / ratio)) }
}
