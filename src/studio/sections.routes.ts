import type { Context } from 'hono'
import { slugOf } from '../newsroom/newsroom.ts'
import { movedSection, renamedSection, withoutSection, withSection } from '../newsroom/sections.ts'
import type { Section } from '../newsroom/sections.ts'
import { renamedTopic } from '../newsroom/topic-names.ts'
import { may } from '../people/people.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import type { Fields } from './forms.ts'
import { refusedOn, statusOf } from './people.routes.ts'
import type { Said } from './people.view.ts'
import { sectionsView } from './sections.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** What stories are filed under. Until somebody changes sections here, they are those of the configuration. */
export const sectionRoutes = (door: StudioDoor, { sections, topics, config, desk, newsroom }: StudioDeps): void => {
  const page = async (person: Person, context: Context, said: Said = null) => {
    const main = sectionsView({
      sections: config.sections,
      counts: await desk.sections(),
      topics: topicCounts(newsroom.stories()),
      mayTopics: may(person.account.role, 'topic.change'),
      overSections: sections.state()?.id ?? '',
      overTopics: topics.state()?.id ?? '',
      said,
    })
    return door.page(person, context, { title: 'Sections', status: statusOf(said) }, main)
  }

  door.get('/studio/sections', 'section.change', (person, context) => page(person, context))

  type Change = (now: readonly Section[], form: Fields) => Section[] | Promise<Section[]>
  const deed = (verb: string, change: Change): void =>
    door.post(`/studio/sections/${verb}`, 'section.change', (person, context) =>
      refusedOn(
        (said) => page(person, context, said),
        async () => {
          const form = await readForm(context)
          const next = await change(config.sections, form)
          await sections.change(person.account.id, next, form.text('over'))
          return context.redirect('/studio/sections', 303)
        },
      ),
    )
  deed('add', (now, form) => withSection(now, form.text('name')))
  deed('rename', (now, form) => renamedSection(now, form.text('id'), form.text('name')))
  deed('up', (now, form) => movedSection(now, form.text('id'), -1))
  deed('down', (now, form) => movedSection(now, form.text('id'), 1))
  deed('remove', async (now, form) =>
    withoutSection(now, form.text('id'), (await desk.sections()).get(form.text('id')) ?? 0),
  )

  door.post('/studio/topics/rename', 'topic.change', (person, context) =>
    refusedOn(
      (said) => page(person, context, said),
      async () => {
        const form = await readForm(context)
        const names = renamedTopic(topics.current() ?? {}, form.text('from'), form.text('to'))
        await topics.change(person.account.id, names, form.text('over'))
        await newsroom.reread()
        return context.redirect('/studio/sections#topics', 303)
      },
    ),
  )
}

/** Topics of public stories, the most used first. */
const topicCounts = (stories: readonly { topics: string[] }[]): { name: string; count: number }[] => {
  const counts = new Map<string, { name: string; count: number }>()
  for (const { topics } of stories)
    for (const name of topics) {
      const slug = slugOf(name)
      const known = counts.get(slug)
      if (known) known.count++
      else counts.set(slug, { name, count: 1 })
    }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
