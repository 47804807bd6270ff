import { open } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { GroundwaveError } from '../base/errors.ts'
import { TYPE_BYTES, typeOfBytes } from '../store/blob-type.ts'
import type { Metadata } from './photo-words.ts'
import { cropOf, sizeOfRendition } from './rendition.ts'
import type { Focus, Rendition, Size } from './rendition.ts'

/** Most bytes of a photo that is taken. */
export const MOST_BYTES = 40 * 2 ** 20
/** Most pixels: a larger one is a mistake or a bomb, and is not decoded to find out which. */
export const MOST_PIXELS = 100_000_000
/** A strip that is longer than this in one direction is none for a page. */
const LONGEST_EDGE = 30_000

/** Media type by the first bytes → the name sharp has for the format. */
const kinds: Record<string, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
  'image/tiff': 'tiff',
}

export type Inspected = Size & {
  type: string
  /** Base64 of a ThumbHash: some 25 bytes that give a blurred idea of the photo. */
  thumbhash: string
  metadata: Metadata
}

export type Imaging = {
  /**
   * Reads a file whole and says what it is; width and height as it is to be seen, turned upright.
   * Throws PHOTO_KIND, PHOTO_TOO_LARGE or PHOTO_BROKEN.
   */
  inspect(file: string | Buffer): Promise<Inspected>
  /** Makes a rendition: upright, in sRGB, without one word of what stood in the file beside the pixels. */
  render(original: Buffer, rendition: Rendition, focus: Focus): Promise<Size & { bytes: Buffer }>
}

/** Decodes and encodes pictures, one at a time: photos must take neither the pages' time nor the house's memory. */
export const createImaging = (): Imaging => {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  return {
    inspect: (file) => inTurn(() => inspect(file)),
    render: (original, rendition, focus) => inTurn(() => render(original, rendition, focus)),
  }
}

let loading: Promise<typeof import('sharp').default> | undefined

/** Loaded when the first photo comes: 30 MB that most starts have no need of. */
const loadSharp = () => {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1)
    sharp.cache(false)
    // Of all that libvips reads, only what is asked for: no drawings, no documents, nothing that runs or reaches out.
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((kind) => `VipsForeignLoad${kind}`),
    })
    return sharp
  })
  return loading
}

const inspect = async (file: string | Buffer): Promise<Inspected> => {
  const type = typeOfBytes(await headOf(file))
  const kind = kinds[type]
  if (!kind) throw new GroundwaveError('PHOTO_KIND')
  const sharp = await loadSharp()
  // The size is read from the head; nothing is decoded before it is known to be bearable.
  const about = await sharp(file, { limitInputPixels: false, failOn: 'none' }).metadata().catch(broken)
  const { width, height } = about.autoOrient
  if (about.format !== kind) throw new GroundwaveError('PHOTO_KIND')
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_EDGE)
    throw new GroundwaveError('PHOTO_TOO_LARGE', `(${width} × ${height})`)
  const { data, info } = await sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .autoOrient()
    .resize(100, 100, { fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(broken)
  const { rgbaToThumbHash } = await import('thumbhash')
  const thumbhash = Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
  return { type, width, height, thumbhash, metadata: { exif: about.exif, iptc: about.iptc, xmp: about.xmp } }
}

const headOf = async (file: string | Buffer): Promise<Uint8Array> => {
  if (typeof file !== 'string') return file.subarray(0, TYPE_BYTES)
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TYPE_BYTES), 0, TYPE_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** libvips tells a file that ends too early from one that is wrong inside. */
const broken = (cause: unknown): never => {
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/pixel limit/i.test(text)) throw new GroundwaveError('PHOTO_TOO_LARGE', undefined, { cause })
  const isShort = /premature|truncat|unexpected end|end of (file|stream|image)|not enough|out of data|read error/i.test(
    text,
  )
  throw new GroundwaveError('PHOTO_BROKEN', isShort ? 'It breaks off before its end.' : 'It is damaged inside.', {
    cause,
  })
}

const render = async (original: Buffer, rendition: Rendition, focus: Focus): Promise<Size & { bytes: Buffer }> => {
  const sharp = await loadSharp()
  // What was whole when it came is shown, whatever a newer decoder thinks of it.
  const image = sharp(original, { limitInputPixels: MOST_PIXELS, failOn: 'none' })
  const { width, height } = (await image.metadata()).autoOrient
  const to = sizeOfRendition({ width, height }, rendition)
  const cut: Sharp =
    rendition.shape === 'whole'
      ? image.autoOrient()
      : image.autoOrient().extract(cropOf({ width, height }, rendition.shape, focus))
  const sized = cut.resize(to.width, to.height, { fit: 'fill' }).toColourspace('srgb')
  const bytes =
    rendition.format === 'webp'
      ? await sized.webp({ quality: 78 }).toBuffer()
      : await sized.flatten({ background: '#fff' }).jpeg({ quality: 78, mozjpeg: true }).toBuffer()
  return { ...to, bytes }
}
