import { html } from 'hono/html'
import type { Photo } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { pictureUrl } from './card.ts'
import { pictureView } from './card.view.ts'

type PhotoOptions = { more?: string; eager?: boolean; caption?: boolean }

/** A photo with caption, photographer and agency each in its place. Without a photographer it is not shown. */
export const photoView = (photo: Photo, { more, eager = false, caption = true }: PhotoOptions = {}): Html => {
  const { file, width, height, alt, photographer, agency } = photo
  if (!photographer) return html``
  return html`<figure class="photo${more && ` ${more}`}">
    ${pictureView({ src: pictureUrl(file), width, height, alt }, eager)}
    <figcaption>
      ${caption && photo.caption}<span class="by"
        ><b>${photographer}</b>${agency && html`<span class="agency">${agency}</span>`}</span
      >
    </figcaption>
  </figure>`
}
