import type { Lack } from '../../newsroom/ready.ts'
import { part } from './make.client.ts'

/** Where in the editor something is mended. */
export type LackPlace = Pick<Lack, 'at' | 'field'>

/** Puts the cursor where a lack is mended. The body is for whoever has the surface. */
export const focusPlace = (root: HTMLElement, { at, field }: LackPlace): void => {
  const inPhoto = (photo: Element | null) =>
    photo?.querySelector<HTMLElement>(field ? `[data-photo-field="${field}"] .field` : '.field, button')?.focus()
  if (at === 'photo') inPhoto(part(root, 'photo'))
  else if (at.startsWith('photo:'))
    inPhoto(root.querySelector(`[data-photo="${CSS.escape(at.slice('photo:'.length))}"]`))
  else if (at === 'audio') root.querySelector<HTMLElement>('[data-tool="sound"]')?.focus()
  else if (at === 'byline') {
    const field = part(root, 'bylines').querySelector<HTMLElement>('.field')
    if (field) field.focus()
    else root.querySelector<HTMLElement>('[data-tool="byline"]')?.click()
  } else root.querySelector<HTMLElement>(`[data-field="${at}"]`)?.focus()
}

/** The place this page's address leads to (`placeOf`): somebody was sent here to mend something. */
export const placeInAddress = (): LackPlace | null => {
  const [at = '', field] = decodeURIComponent(location.hash.slice(1)).split('/')
  return at && /^[\w:.-]+$/.test(at) ? ({ at, field } as LackPlace) : null
}
