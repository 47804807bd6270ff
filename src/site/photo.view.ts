import { html } from 'hono/html'
import type { Photo } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { pictureUrl } from './card.ts'
import { pictureView } from './card.view.ts'
import { safeUrl } from './safe-url.ts'

type PhotoOptions = { more?: string; eager?: boolean; caption?: boolean }

/** A photo with caption, photographer and agency each in its place. One whose maker nobody knows is not shown. */
export const photoView = (photo: Photo, { more, eager = false, caption = true }: PhotoOptions = {}): Html => {
  const { file, width, height, alt, photographer, agency, agencyUrl } = photo
  if (!photographer && !agency) return html``
  return html`<figure class="photo${more && ` ${more}`}">
    ${pictureView({ src: pictureUrl(file), width, height, alt }, eager)}
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
