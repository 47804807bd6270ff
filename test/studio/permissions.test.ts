import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { may, permissions, roles } from '../../src/people/people.ts'
import type { Role, Verb } from '../../src/people/people.ts'
import type { StudioRoute } from '../../src/studio/door.ts'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

// What each role may is told twice in src/people/permissions.test.ts. Here every door there is is knocked at by everybody.

/** A right, or either half of a pair. */
const isLetIn = (role: Role, verb: string): boolean =>
  [verb, `${verb}-own`, `${verb}-any`].some((one) => Object.hasOwn(permissions, one) && may(role, one as Verb))

const concrete = (path: string) => path.replace(/:[a-z]+(\{[^}]*\})?/gi, 'nothing-of-that-name')
/** What refuses for want of a right says so. */
const codeOf = async (answer: Response): Promise<string | undefined> => {
  if (!answer.headers.get('content-type')?.includes('json')) return undefined
  return ((await answer.json()) as { error?: { code?: string } }).error?.code
}

suite('every door and every role', () => {
  let house: House
  const staff = new Map<Role, Hired>()
  before(async () => {
    house = await startHouse()
    for (const role of roles) staff.set(role, await house.hire(`The ${role}`, role))
  })
  after(() => house.stop())

  const knock = ({ method, path }: StudioRoute, headers: Record<string, string>) =>
    fetch(house.url + concrete(path), {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', origin: house.url, ...headers },
      ...(method !== 'GET' && { body: new URLSearchParams() }),
    })

  test('each role gets to what it may, and to nothing else', async () => {
    assert.ok(house.routes.length > 20, 'the table is there')
    const wrong: string[] = []
    for (const route of house.routes)
      for (const [role, hired] of staff) {
        const answer = await knock(route, { cookie: hired.header })
        const code = await codeOf(answer)
        const allowed = isLetIn(role, route.verb)
        const refused = answer.status === 403 && code === 'NOT_ALLOWED'
        if (allowed === refused || answer.status >= 500)
          wrong.push(`${route.method} ${route.path} (${route.verb}) as ${role}: ${answer.status} ${code ?? ''}`)
      }
    assert.deepEqual(wrong, [])
  })

  test('without a session, with a dead one, or from another site, nobody gets anywhere', async () => {
    const gone = await house.hire('Gone', 'admin')
    await house.people.suspend({ id: gone.account.id, reason: '', by: 'test' })
    const admin = staff.get('admin')!
    const wrong: string[] = []
    for (const route of house.routes) {
      const told = async (headers: Record<string, string>) => codeOf(await knock(route, headers))
      if ((await told({})) !== 'SIGN_IN_NEEDED') wrong.push(`${route.method} ${route.path}: nobody`)
      if ((await told({ cookie: gone.header })) !== 'SIGN_IN_NEEDED')
        wrong.push(`${route.method} ${route.path}: closed`)
      if (route.method === 'GET') continue
      const elsewhere = await told({ cookie: admin.header, origin: 'https://elsewhere.example' })
      if (elsewhere !== 'CROSS_SITE') wrong.push(`${route.method} ${route.path}: from elsewhere`)
    }
    assert.deepEqual(wrong, [])
  })

  test('what counts most, said once more by name', () => {
    const rightOf = (method: string, path: string) =>
      house.routes.find((route) => route.method === method && route.path === path)?.verb
    assert.equal(rightOf('POST', '/studio/people/invitations'), 'people.invite')
    for (const deed of ['role', 'suspend', 'readmit', 'reset', 'sessions/end', 'tokens/:token/revoke'])
      assert.equal(rightOf('POST', `/studio/people/:id/${deed}`), 'people.change', deed)
    assert.equal(rightOf('POST', '/studio/stories'), 'story.write')
  })

  test('the API: each role with its key, on its own story and on another’s', async () => {
    const keys = new Map<Role, string>()
    for (const [role, { account }] of staff)
      keys.set(role, (await house.people.makeToken({ accountId: account.id, name: 'test', by: 'test' })).token)
    const api = (path: string, key: string | undefined, body: object = {}) =>
      fetch(`${house.url}/api/v1/stories${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify(body),
      })
    const story = { headline: 'A ferry', section: 'news', body: [{ type: 'paragraph', text: 'It goes.' }] }
    const file = async (key: string | undefined) => ((await (await api('', key, story)).json()) as { id: string }).id
    const deeds = {
      publish: { verb: 'story.publish', body: {} },
      correct: { verb: 'story.correct', body: { text: 'It was Friday.' } },
      kill: { verb: 'story.kill', body: { reason: 'wrong' } },
    }
    const wrong: string[] = []
    for (const [role, key] of keys) {
      const filed = await api('', key, story)
      if ((filed.status === 201) !== may(role, 'story.write-own')) wrong.push(`${role} files: ${filed.status}`)
      for (const whose of ['own', 'any'] as const)
        for (const [deed, { verb, body }] of Object.entries(deeds)) {
          if (whose === 'own' && !may(role, 'story.write-own')) continue
          const id = await file(whose === 'own' ? key : keys.get('editor'))
          if (role === 'editor' && whose === 'any') continue
          await api(`/${id}/publish`, keys.get('admin'))
          const { status } = await api(`/${id}/${deed}`, key, body)
          const allowed =
            verb === 'story.kill'
              ? may(role, 'story.kill')
              : may(role, `${verb}-any` as Verb) || (whose === 'own' && may(role, `${verb}-own` as Verb))
          if (status !== (allowed ? 200 : 403)) wrong.push(`${role} ${deed} ${whose}: ${status}`)
        }
    }
    assert.deepEqual(wrong, [])
  })

  test('the API: whatever writes asks for a key, and takes no cookie for one', async () => {
    const { paths } = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    const writing = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => !['get', 'head', 'options'].includes(method))
        .map((method) => ({ method, path })),
    )
    assert.ok(writing.length >= 5, JSON.stringify(writing))
    const admin = staff.get('admin')!
    for (const { method, path } of writing)
      for (const headers of [{}, { authorization: 'Bearer gw_nobody' }, { cookie: admin.header }]) {
        const answer = await fetch(house.url + path.replace(/\{\w+\}/g, 'nothing'), {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
          body: '{}',
        })
        assert.ok([401, 404].includes(answer.status), `${method} ${path}: ${answer.status}`)
        if (answer.status === 404) assert.match(path, /wire/, 'only the wire says first that there is no such source')
      }
  })
})
