import { html } from 'hono/html'
import type { Photo } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { pictureOf } from './card.ts'
import { pictureView, widths } from './picture.view.ts'
import type { PictureOptions } from './picture.view.ts'
import { safeUrl } from './safe-url.ts'

type PhotoOptions = PictureOptions & { more?: string; caption?: boolean }

/** A photo with caption, photographer and agency each in its place. One whose maker nobody knows is not shown. */
export const photoView = (
  photo: Photo,
  { more, caption = true, shape = 'whole', sizes = widths.text, ...options }: PhotoOptions = {},
): Html => {
  const { photographer, agency, agencyUrl } = photo
  const picture = pictureOf(photo)
  if (!picture) return html``
  return html`<figure class="photo${more && ` ${more}`}">
    ${pictureView(picture, { shape, sizes, ...options })}
    <figcaption>
      ${caption && photo.caption}<span class="by"
        >${photographer && html`<b>${photographer}</b>`}${
          agency &&
          html`<span class="agency">${agencyUrl ? html`<a href="${safeUrl(agencyUrl)}">${agency}</a>` : agency}</span>`
        }</span
      >
    </figcaption>
  </figure>`
}
