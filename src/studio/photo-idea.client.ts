import { thumbHashToDataURL } from 'thumbhash'

/**
 * Lays a blurred idea of a photo under its place until the photo has come: the first of a size is made when it is asked
 * for, and that takes a moment. `hash` is Base64 of a ThumbHash; '' of a photo that has none.
 */
export const showIdea = (image: HTMLImageElement, hash: string): void => {
  if (!hash || (image.complete && image.naturalWidth > 0)) return
  const bytes = Uint8Array.from(atob(hash), (one) => one.charCodeAt(0))
  image.style.background = `center / cover url("${thumbHashToDataURL(bytes)}")`
  image.addEventListener('load', () => image.style.removeProperty('background'), { once: true })
}

/** The same for every photo of a part of the page that brings its hash as `data-idea`. */
export const showIdeas = (part: ParentNode): void => {
  for (const image of part.querySelectorAll<HTMLImageElement>('img[data-idea]'))
    showIdea(image, image.dataset['idea'] ?? '')
}
