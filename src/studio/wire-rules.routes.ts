import type { Context } from 'hono'
import { wireRuleSchema } from '../config/schema.ts'
import { GroundwaveError } from '../base/errors.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import type { Fields } from './forms.ts'
import { accountNames } from './names.ts'
import type { StudioDeps } from './studio-deps.ts'
import { wireRulesView } from './wire-rules.view.ts'

/** The rules that choose what goes where. */
export const wireRuleRoutes = (door: StudioDoor, { config, people, wire }: StudioDeps): void => {
  const sections = () => new Map(config.sections.map(({ id, name }) => [id, name]))

  const show = async (person: Person, context: Context, problem = '') => {
    const sources = await Promise.all(
      Object.entries(config.wire).map(async ([name, config]) => ({ name, config, made: await wire.desk.rules(name) })),
    )
    const props = {
      sources,
      sections: sections(),
      problem,
      saved: context.req.query('saved') !== undefined && problem === '',
      names: await accountNames(people),
    }
    const title = 'Routing rules'
    return door.page(person, context, { title, ...(problem && { status: 422 }) }, wireRulesView(props))
  }

  door.get('/studio/wire/rules', 'wire.route', (person, context) => show(person, context))

  door.post('/studio/wire/rules', 'wire.route', async (person, context) => {
    const form = await readForm(context)
    const source = form.text('source')
    if (!Object.hasOwn(config.wire, source)) throw new GroundwaveError('WIRE_UNKNOWN')
    const read = wireRuleSchema.safeParse(ruleOf(form))
    if (!read.success) return show(person, context, new GroundwaveError('WIRE_RULE_WRONG').message)
    if (read.data.section !== undefined && !sections().has(read.data.section))
      return show(person, context, new GroundwaveError('WIRE_RULE_WRONG').message)
    await wire.desk.addRule(source, { rule: read.data, by: person.account.id })
    return context.redirect('/studio/wire/rules?saved', 303)
  })

  door.post('/studio/wire/rules/:id/delete', 'wire.route', async (person, context) => {
    await wire.desk.removeRule(context.req.param('id'), person.account.id)
    return context.redirect('/studio/wire/rules?saved', 303)
  })
}

/** A form → a rule as the configuration would have it; what is empty says nothing. */
const ruleOf = (form: Fields) => {
  const list = (name: string) =>
    form
      .text(name)
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
  const one = (name: string) => form.text(name) || undefined
  return {
    when: { collection: list('collection'), topic: list('topic'), profile: list('profile'), genre: list('genre') },
    route: one('route'),
    section: one('section'),
    topics: list('topics'),
    expire: one('expire'),
    hold: form.text('hold') === 'yes',
  }
}
