import { make } from './make.client.ts'
import type { Photo } from './shapes.ts'

type Key = 'caption' | 'photographer' | 'agency' | 'alt' | 'terms'

const fields: { key: Key; label: string; rows: number; hint: string }[] = [
  { key: 'caption', label: 'Caption', rows: 2, hint: '' },
  { key: 'photographer', label: 'Photographer', rows: 1, hint: 'Needed. It cannot be shown without one.' },
  { key: 'agency', label: 'Agency', rows: 1, hint: '' },
  { key: 'alt', label: 'For those who cannot see it', rows: 2, hint: 'Needed. One sentence says what it shows.' },
  { key: 'terms', label: 'Terms', rows: 1, hint: 'Needed. What we may do with it; “Ours” for our own.' },
]
/** What a source sent carries its own rights, and may be credited to its agency alone (src/newsroom/ready.ts). */
const lacksIn = (photo: Photo, key: Key, ours: boolean): boolean => {
  if (photo[key]?.trim()) return false
  if (key === 'photographer') return ours || !photo.agency.trim()
  return key === 'alt' || (key === 'terms' && ours)
}

export type PhotoFieldsOptions = {
  src: string
  /** The story is no other house's. */
  ours: boolean
  writes: boolean
  onChange: () => void
  actions: HTMLElement[]
}

let made = 0

/** A photo of this story with what is said of it here; the library keeps its own words. */
export const photoFields = (
  photo: Photo,
  { src, ours, writes, onChange, actions }: PhotoFieldsOptions,
): HTMLElement[] => {
  const image = make('img', { src, alt: photo.alt, loading: 'lazy', draggable: 'false' })
  if (photo.width > 0) [image.width, image.height] = [photo.width, photo.height]
  image.addEventListener('error', () =>
    image.replaceWith(make('p', { class: 'hint' }, 'Its file has not come yet; its place stays empty until it does.')),
  )
  const rows = fields.map(({ key, label, rows: lines, hint }) => {
    const id = `pf-${++made}`
    const field = make(lines > 1 ? 'textarea' : 'input', {
      class: 'field',
      id,
      autocomplete: 'off',
      ...(lines > 1 && { rows: String(lines) }),
    })
    const said = make('p', { class: 'hint care', id: `${id}-h` })
    const check = () => {
      const lacks = lacksIn(photo, key, ours)
      if (lacks) {
        field.setAttribute('aria-invalid', 'true')
        field.setAttribute('aria-describedby', said.id)
      } else for (const name of ['aria-invalid', 'aria-describedby']) field.removeAttribute(name)
      said.textContent = lacks ? hint : ''
      said.hidden = !lacks
    }
    field.value = photo[key] ?? ''
    field.readOnly = !writes
    field.addEventListener('input', () => {
      photo[key] = field.value
      if (key === 'alt') image.alt = field.value
      check()
      onChange()
    })
    check()
    return make('div', { 'data-photo-field': key }, make('label', { class: 'label', for: id }, label), field, said)
  })
  return [image, ...rows, ...(writes ? [make('p', { class: 'row' }, ...actions)] : [])]
}
