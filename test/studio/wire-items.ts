import { cdsDeletion, cdsStory } from '../../src/wire/cds.fixture.ts'
import type { House } from './house.ts'

/** Sources of a station that takes in much: pushed to, kept at the desk, and one that is asked and does not answer. */
export const sources = {
  'lakes-news': { name: 'Lakes News', format: 'cds', token: 'lakes', route: 'publish', section: 'news' },
  statehouse: { name: 'Statehouse Pool', format: 'cds', token: 'state', route: 'desk', section: 'news' },
  npr: { format: 'cds', route: 'wire', fetch: { url: 'http://127.0.0.1:9', token: 'secret-of-npr', every: '1h' } },
}

export type Pushed = { decision: string; storyId?: string; storyUrl?: string; reasons: string[] }

export const push = async (house: House, source: string, body: string): Promise<Pushed> => {
  const token = { 'lakes-news': 'lakes', statehouse: 'state' }[source] ?? ''
  const answer = await fetch(`${house.url}/api/v1/wire/${source}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body,
  })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Pushed
}

/** Minutes after the first version. */
const at = (minutes: number) => new Date(Date.parse('2026-03-10T14:05:00Z') + minutes * 60_000).toISOString()

export const story = (id: string, title: string, more: { minutes?: number; text?: string; more?: object } = {}) =>
  cdsStory({
    id,
    title,
    modified: at(more.minutes ?? 0),
    pictures: 'http://127.0.0.1:9',
    more: { ...more.more },
    assets: {
      'as-text1': {
        id: 'as-text1',
        profiles: [{ href: '/v1/profiles/text', rels: ['type'] }],
        text: more.text ?? 'The ferry <em>stops</em>.',
      },
    },
  })

/** One of everything the wire's screen can show. @returns the story whose update waits. */
export const fillWire = async (house: House, editor: string): Promise<{ storyId: string }> => {
  await push(house, 'lakes-news', story('lakes-hearing', 'Ferry hearing moved to the capital'))
  await push(house, 'lakes-news', cdsDeletion('lakes-hearing'))
  await push(
    house,
    'lakes-news',
    story('lakes-ports', 'Lake ports agree on one timetable for the first time since 1961'),
  )
  await push(
    house,
    'lakes-news',
    story('lakes-salt', 'Rail cars of salt sold to three counties', {
      more: { isRestrictedToAuthorizedOrgServiceIds: true },
    }),
  )
  await push(house, 'lakes-news', story('lakes-milk', 'Milk board puts off vote for a fourth time', { minutes: 1 }))
  await push(
    house,
    'lakes-news',
    story('lakes-milk', 'Milk board puts off vote for a fourth time', {
      minutes: 8,
      text: 'The board put off the vote again.',
    }),
  )
  await push(house, 'statehouse', story('state-budget', 'Budget: water and roads, full tables'))
  await push(house, 'lakes-news', '{"resources":[{"id":"lakes-<script>alert(1)</script>","title":"x"}]}')
  const mill = (minutes: number, title: string, text: string) => story('lakes-mill', title, { minutes, text })
  const { storyId = '' } = await push(
    house,
    'lakes-news',
    mill(0, 'County sets limit on Mill Bottom offer', 'The offer is open until June, the county said.'),
  )
  const { token } = await house.people.makeToken({ accountId: editor, name: 'test', by: 'test' })
  const answer = await fetch(`${house.url}/api/v1/stories/${storyId}/correct`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      text: 'The county’s name was wrong.',
      headline: 'County sets a limit on the Mill Bottom offer',
    }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  await push(
    house,
    'lakes-news',
    mill(
      30,
      'County sets May 15 limit on Mill Bottom offer',
      'The offer is open until May 15, the county said, after which the money goes back to the state.',
    ),
  )
  await push(house, 'statehouse', story('state-dam', 'Dam operator opens second gate at Upper Tamsin'))
  return { storyId }
}
