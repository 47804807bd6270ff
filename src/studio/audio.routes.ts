import type { Sound } from '../library/sounds.ts'
import { audioView } from './audio.view.ts'
import type { StudioDoor } from './door.ts'
import { stationTimes } from './frame.ts'
import type { StudioDeps } from './studio-deps.ts'

/** Sound for stories: what there is, and new ones. */
export const audioRoutes = (door: StudioDoor, { sounds, people, config }: StudioDeps): void => {
  const times = stationTimes(config.station.zone)

  door.get('/studio/audio', 'audio.see', async (person, context) => {
    const find = context.req.query('q')?.trim() ?? ''
    const names = new Map((await people.list()).map(({ id, name }) => [id, name]))
    const list = (await sounds.newest(find)).map((sound) => ({
      ...sound,
      who: names.get(sound.by) ?? sound.by,
      when: times.stamp(sound.at),
      iso: times.iso(sound.at),
    }))
    return door.page(person, context, { title: 'Audio' }, audioView({ list, find }))
  })

  /** For the editor's list: `[{ id, file, title, duration }]`, newest first. */
  door.get('/studio/audio.json', 'audio.see', async (_, context) =>
    context.json({ sounds: (await sounds.newest(context.req.query('q')?.trim() ?? '')).map(told) }),
  )

  /** The file as it is, its name in `?name=`. */
  door.post('/studio/audio', 'audio.upload', async ({ account }, context) => {
    const source = context.req.raw.body ?? new ReadableStream<Uint8Array>()
    const sound = await sounds.take({ name: context.req.query('name') ?? '', by: account.id, source })
    return context.json(told(sound), 201)
  })
}

const told = ({ id, file, title, seconds, transcript }: Sound) => ({
  id,
  file,
  title,
  duration: Math.round(seconds * 10) / 10,
  ...(transcript && { transcript }),
})
