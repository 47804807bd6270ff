import { html } from 'hono/html'
import { choicesOf, isLibraryFile, renditionName, sizeOfRendition } from '../library/rendition.ts'
import type { Focus, Format, Shape } from '../library/rendition.ts'
import type { Html } from '../player/icon.view.ts'
import type { Picture } from './card.ts'

export type PictureOptions = {
  /** As its place on the page is cut; cards are 3:2. */
  shape?: Shape
  /** How wide it is shown, for the browser's choice. */
  sizes?: string
  /** For what is seen first. */
  eager?: boolean
}

/** How wide pictures are in the places there are (src/site/theme). */
export const widths = {
  card: '(min-width: 80em) 26rem, (min-width: 48em) 33vw, 100vw',
  large: '(min-width: 80em) 42rem, (min-width: 48em) 52vw, 100vw',
  story: '(min-width: 80em) 55rem, (min-width: 48em) 70vw, 100vw',
  text: '(min-width: 48em) 41rem, 100vw',
}

/** What an old browser, or one without a screen size, gets, pixels. */
const USUAL_WIDTH = 640

/** A photo of the library in the sizes there are, WebP before JPEG; a file of the station's folder as it is. */
export const pictureView = (
  picture: Picture,
  { shape = '3x2', sizes = widths.card, eager = false }: PictureOptions = {},
): Html => {
  const { file, src, width, height, alt, focus } = picture
  const lazy = eager ? '' : html`loading="lazy"`
  if (!isLibraryFile(file))
    return html`<img ${focusClass(focus)} src="${src}" width="${width}" height="${height}" alt="${alt}" ${lazy} />`
  const choices = choicesOf({ width, height }, shape)
  const usual = choices.find((choice) => choice.width >= USUAL_WIDTH) ?? choices.at(-1)!
  const size = sizeOfRendition({ width, height }, { shape, width: usual.width })
  const address = (at: number, format: Format) => `${src}/${renditionName({ shape, width: at, format })}`
  const set = (format: Format) => choices.map((one) => `${address(one.width, format)} ${one.pixels}w`).join(', ')
  return html`<picture
    ><source type="image/webp" srcset="${set('webp')}" sizes="${sizes}" />
    <img
      src="${address(usual.width, 'jpg')}"
      srcset="${set('jpg')}"
      sizes="${sizes}"
      width="${size.width}"
      height="${size.height}"
      alt="${alt}"
      ${lazy}
      ${eager ? html`fetchpriority="high"` : html`decoding="async"`}
  /></picture>`
}

/** Where a page cuts a picture that has no cuts of its own: in tenths, because a policy without inline styles knows only classes. */
const focusClass = (focus: Focus | undefined): Html => {
  const tenths = (share: number) => Math.round(Math.min(Math.max(share, 0), 1) * 10)
  if (!focus || (tenths(focus.x) === 5 && tenths(focus.y) === 5)) return html``
  return html`class="fx${tenths(focus.x)} fy${tenths(focus.y)}"`
}
