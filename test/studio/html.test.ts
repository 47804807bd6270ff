import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import { startHouse } from './house.ts'
import type { Hired, House } from './house.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Spelling that HTML leaves free.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    'tel-non-breaking': 'off',
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // A finder is sent by its Enter key, as every search field is.
    'wcag/h32': 'off',
    'prefer-native-element': ['error', { exclude: ['region', 'img', 'status', 'alert', 'search'] }],
    'no-inline-style': 'error',
  },
})

suite('the studio’s HTML', () => {
  let house: House
  let admin: Hired
  before(async () => {
    house = await startHouse()
    admin = await house.hire('Rosalind Achterberg', 'admin')
    await house.hire('Ines Haldorsen', 'reporter')
    await admin.post('/studio/stories')
    await house.people.invite({ email: 'waits@oxbow.example', role: 'host', by: admin.account.id })
  })
  after(() => house.stop())

  test('every page there is, but those of single things, is valid', async () => {
    const pages = house.routes
      .filter(({ method, path }) => method === 'GET' && !path.includes(':'))
      .map(({ path }) => path)
    assert.ok(pages.length > 10)
    const faults: string[] = []
    let valid = 0
    for (const path of [...pages, `/studio/people/${admin.account.id}`, '/studio/sign-in', '/studio/nowhere']) {
      const answer = await admin.ask(path)
      const type = answer.headers.get('content-type') ?? ''
      const text = await answer.text()
      // Parts of pages, and what scripts ask for, are no pages.
      if (!type.includes('html') || !text.trimStart().startsWith('<!doctype')) continue
      valid++
      const { results } = await validator.validateString(text)
      for (const { messages } of results)
        for (const { line, ruleId, message } of messages)
          faults.push(`${path}: ${ruleId}: ${message}: ${text.split('\n')[line - 1]?.trim().slice(0, 100)}`)
    }
    assert.ok(valid > 10, `${valid} pages`)
    assert.deepEqual([...new Set(faults)], [])
  })
})
