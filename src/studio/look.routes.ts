import type { Context } from 'hono'
import { lightnessFor, readLogo, standardTheme, themeShape } from '../look/look.ts'
import type { Look } from '../look/look.ts'
import type { Person, StudioDoor } from './door.ts'
import { readForm } from './forms.ts'
import type { Fields } from './forms.ts'
import { lookView } from './look.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** A form with a drawing in it, bytes: every character of it may be three when it is sent. */
const MOST_BYTES = 256 * 1024

/** Name, line, colours, faces and logo, over the front page as it would look. */
export const lookRoutes = (door: StudioDoor, { look, config }: StudioDeps): void => {
  const { name, line } = config.station
  const show = (person: Person, context: Context, shown: Look, more: { problems?: string[]; saved?: boolean } = {}) =>
    door.page(
      person,
      context,
      { title: 'Look', status: more.problems?.length ? 422 : 200 },
      lookView({ look: shown, configured: { name, line }, problems: more.problems ?? [], saved: more.saved ?? false }),
    )

  door.get('/studio/look', 'look.change', (person, context) =>
    show(person, context, look.current(), { saved: context.req.query('saved') !== undefined }),
  )

  door.post('/studio/look', 'look.change', async (person, context) => {
    const { look: wanted, problems } = readLook(await readForm(context, MOST_BYTES), {
      before: look.current(),
      configured: { name, line },
    })
    if (problems.length > 0) return show(person, context, wanted, { problems })
    await look.change(person.account.id, wanted)
    return context.redirect('/studio/look?saved', 303)
  })

  door.post('/studio/look/standard', 'look.change', async (person, context) => {
    await look.change(person.account.id, { ...look.current(), theme: standardTheme })
    return context.redirect('/studio/look?saved', 303)
  })
}

type Before = { before: Look; configured: { name: string; line: string } }

/** The form as a look, and what is wrong with it in sentences; what is wrong keeps its old value. */
const readLook = (fields: Fields, { before, configured }: Before): { look: Look; problems: string[] } => {
  const problems: string[] = []
  const number = (field: string) => (fields.text(field) === '' ? Number.NaN : Number(fields.text(field)))
  const signalHue = number('signalHue')
  const theme = themeShape.safeParse({
    signalHue,
    signalLight: fields.text('signalLight') === '' ? lightnessFor(signalHue) : number('signalLight'),
    houseHue: number('houseHue'),
    paperHue: number('paperHue'),
    read: fields.text('read'),
    speak: fields.text('speak'),
    radius: number('radius'),
  })
  if (!theme.success)
    for (const { path, message } of theme.error.issues)
      problems.push(`${words[String(path[0])] ?? 'A field'}: ${message}.`)

  const [name, line] = [fields.text('name'), fields.text('line')]
  if (!name) problems.push('The station needs a name.')
  if (name.length > 80) problems.push('The name has at most 80 characters.')
  if (line.length > 160) problems.push('The line has at most 160 characters.')

  let { logo } = before
  const drawing = fields.text('logo')
  if (fields.text('logo-standard')) logo = null
  else if (drawing) {
    const read = readLogo(drawing)
    if ('logo' in read) logo = read.logo
    else problems.push(read.reason)
  }
  return {
    look: {
      // As the configuration has it, so that a change there is seen.
      name: name === configured.name ? null : name,
      line: line === configured.line ? null : line,
      theme: theme.success ? theme.data : before.theme,
      logo,
    },
    problems,
  }
}

const words: Record<string, string> = {
  signalHue: 'Signal',
  signalLight: 'Signal’s lightness',
  houseHue: 'House',
  paperHue: 'Paper',
  read: 'Reading face',
  speak: 'Speaking face',
  radius: 'Corners',
}
