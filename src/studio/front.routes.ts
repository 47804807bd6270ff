import type { Context } from 'hono'
import { GroundwaveError } from '../base/errors.ts'
import type { StoryCard } from '../newsroom/newsroom.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import { stationTimes } from './frame.ts'
import { arranged, frontDeeds } from './front.ts'
import { frontArrangeView } from './front.view.ts'
import { accountNames } from './names.ts'
import { refusedOn, statusOf } from './people.routes.ts'
import type { Said } from './people.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** How many stories without a place are offered. */
const OFFERED = 30

/** Editors place the lead and the order of the front; the rest flows by age. */
export const frontRoutes = (door: StudioDoor, { front, newsroom, people, config, clock }: StudioDeps): void => {
  const times = stationTimes(config.station.zone)
  // Until somebody arranges it here, the places that story files ask for are the order.
  const order = (): readonly string[] =>
    front.current() ??
    newsroom
      .stories('placed')
      .toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))
      .map(({ id }) => id)

  const page = async (person: Person, context: Context, said: Said = null) => {
    const names = await accountNames(people)
    const ids = order()
    const placed = ids.map((id) => newsroom.card(id)).filter((card): card is StoryCard => card !== null)
    const others = newsroom
      .stories()
      .slice(0, OFFERED + ids.length)
      .filter(({ id }) => !ids.includes(id))
      .slice(0, OFFERED)
    const state = front.state()
    const main = frontArrangeView({
      placed,
      others,
      hidden: ids.filter((id) => !newsroom.card(id) && !newsroom.isKilled(id)).length,
      over: state?.id ?? '',
      sections: new Map(config.sections.map(({ id, name }) => [id, name])),
      changed: state && { who: names(state.by), at: state.at },
      said,
      times,
      now: clock.now(),
    })
    return door.page(person, context, { title: 'Front', status: statusOf(said) }, main)
  }

  door.get('/studio/front', 'front.arrange', (person, context) => page(person, context))

  for (const deed of frontDeeds)
    door.post(`/studio/front/${deed}`, 'front.arrange', (person, context) =>
      refusedOn(
        (said) => page(person, context, said),
        async () => {
          const form = await readForm(context)
          const id = form.text('story')
          if (!newsroom.card(id) && !order().includes(id)) throw new GroundwaveError('STORY_UNKNOWN')
          // What was killed never comes back to its place.
          const ids = arranged(order(), deed, id).filter((one) => !newsroom.isKilled(one))
          await front.change(person.account.id, ids, form.text('over'))
          return context.redirect('/studio/front', 303)
        },
      ),
    )
}
