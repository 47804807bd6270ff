import type { Context } from 'hono'
import { z } from 'zod'
import { GroundwaveError } from '../base/errors.ts'
import type { LibraryPhoto } from '../library/photos.ts'
import { may } from '../people/people.ts'
import { wantsJson } from './answers.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm, readJson } from './forms.ts'
import { stationTimes } from './frame.ts'
import { loadPhotos, pickOf, presentPhotos, readAsked } from './photo-list.ts'
import { presentPhoto } from './photo-page.ts'
import type { Typed } from './photo-page.ts'
import { photoPanelView } from './photo-panel.view.ts'
import { photosView } from './photos.view.ts'
import { sayView } from './say.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** The photo library: its list, one photo, what is said of it. */
export const photoRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const { photos, config } = deps
  const times = stationTimes(config.station.zone)

  const known = async (context: Context): Promise<LibraryPhoto> => {
    const photo = await photos.get(context.req.param('id') ?? '')
    if (!photo) throw new GroundwaveError('PHOTO_UNKNOWN')
    return photo
  }

  const show = async (
    person: Person,
    context: Context,
    photo: LibraryPhoto,
    more: { saved?: boolean; typed?: Typed } = {},
  ) => {
    const asked = readAsked((name) => context.req.query(name))
    const [list, page] = await Promise.all([
      presentPhotos(photos, asked, { by: person.account.id, current: photo.id }),
      presentPhoto(deps, photo, { person, times, ...more }),
    ])
    const mayUpload = may(person.account.role, 'photo.upload')
    const title = photo.caption || photo.name || 'A photo'
    const status = page.theirs ? 409 : 200
    return door.page(person, context, { title, status }, photosView(list, { mayUpload, panel: photoPanelView(page) }))
  }

  door.get('/studio/photos', 'photo.see', async (person, context) => {
    const asked = readAsked((name) => context.req.query(name))
    const list = await presentPhotos(photos, asked, { by: person.account.id })
    const mayUpload = may(person.account.role, 'photo.upload')
    const say = context.req.query('deleted') === undefined ? '' : sayView('info', 'The photo is deleted.')
    return door.page(person, context, { title: 'Photos' }, photosView(list, { mayUpload, say }))
  })

  door.get('/studio/photos.json', 'photo.see', async (person, context) => {
    const { found, next } = await loadPhotos(
      photos,
      readAsked((name) => context.req.query(name)),
      person.account.id,
    )
    return context.json({ photos: found.filter(({ file }) => file).map(pickOf), next })
  })

  door.get('/studio/photos/:id', 'photo.see', async (person, context) => {
    const photo = await known(context)
    if (wantsJson(context)) return context.json(pickOf(photo))
    return show(person, context, photo, { saved: context.req.query('saved') !== undefined })
  })

  door.post('/studio/photos/:id', 'photo.edit', async (person, context) => {
    const photo = await known(context)
    door.allow(person, 'photo.edit', { own: photo.madeBy === person.account.id })
    const by = person.account.id
    if (wantsJson(context)) {
      const change = await readJson(context, changeShape)
      return context.json(pickOf(await photos.change(photo.id, { ...change, by })))
    }
    const { version, ...typed } = await readTyped(context, photo)
    try {
      await photos.change(photo.id, { ...typed, version, by })
    } catch (error) {
      if (!(error instanceof GroundwaveError) || error.code !== 'PHOTO_CHANGED') throw error
      return show(person, context, (await photos.get(photo.id)) ?? photo, { typed })
    }
    return context.redirect(`/studio/photos/${photo.id}?saved`, 303)
  })

  door.post('/studio/photos/:id/delete', 'photo.delete', async (person, context) => {
    await photos.remove((await known(context)).id, person.account.id)
    return context.redirect('/studio/photos?deleted', 303)
  })
}

const said = z.string().max(4_000)
const changeShape = z.object({
  version: z.int(),
  caption: said.optional(),
  alt: said.optional(),
  photographer: said.optional(),
  agency: said.optional(),
  agencyUrl: said.optional(),
  terms: said.optional(),
  focus: z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
}) as z.ZodType<{ version: number } & Partial<Typed>>

const readTyped = async (context: Context, { focus }: LibraryPhoto): Promise<Typed & { version: number }> => {
  const fields = await readForm(context)
  const share = (name: string, before: number) => (fields.text(name) === '' ? before : Number(fields.text(name)) / 100)
  return {
    version: Number(fields.text('version')),
    caption: fields.text('caption'),
    alt: fields.text('alt'),
    // One press says that it was who brought it in.
    photographer: fields.text('took') || fields.text('photographer'),
    agency: fields.text('agency'),
    agencyUrl: fields.text('agencyUrl'),
    terms: fields.text('terms'),
    focus: { x: share('focusX', focus.x), y: share('focusY', focus.y) },
  }
}
