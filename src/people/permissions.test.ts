import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isRole, may, mayOn, permissions, roles } from './permissions.ts'
import type { Role, Verb } from './permissions.ts'

/** What each role is for, told again from its side; whoever changes the table has to say it twice. */
const expected: Record<Role, string> = {
  admin: '*',
  editor: `story.see story.write-own story.write-any story.take-over story.note story.publish-own story.publish-any
    story.correct-own story.correct-any story.withdraw-own story.withdraw-any story.kill story.spike-own story.spike-any
    front.arrange section.change topic.change photo.see photo.upload photo.edit-own photo.edit-any photo.delete audio.see audio.upload
    wire.see wire.take wire.route wire.reparse air.see people.see account.change-own token.make-own look.change events.see`,
  reporter: `story.see story.write-own story.take-over story.note story.publish-own story.correct-own story.withdraw-own
    story.spike-own photo.see photo.upload photo.edit-own audio.see audio.upload wire.see wire.take air.see people.see account.change-own token.make-own`,
  host: `story.see story.write-own story.take-over story.note story.spike-own photo.see photo.upload photo.edit-own audio.see audio.upload wire.see
    air.see people.see account.change-own token.make-own`,
  engineer: `story.see photo.see audio.see wire.see wire.reparse wire.change air.see air.change people.see account.change-own
    token.make-own jobs.see jobs.change backup.make settings.see settings.change`,
}

suite('permissions', () => {
  const verbs = Object.keys(permissions) as Verb[]
  for (const role of roles)
    test(`${role}: every verb is allowed or refused as written`, () => {
      const allowed = verbs.filter((verb) => may(role, verb)).toSorted()
      const wanted = expected[role] === '*' ? verbs.toSorted() : expected[role].split(/\s+/).toSorted()
      assert.deepEqual(allowed, wanted)
    })

  test('every verb names a thing and a deed, and somebody may do it', () => {
    for (const verb of verbs) {
      assert.match(verb, /^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      assert.ok(permissions[verb].length > 0, verb)
    }
  })

  test('what is somebody else’s needs more than what is one’s own', () => {
    for (const any of verbs.filter((verb) => verb.endsWith('-any'))) {
      const own = any.replace('-any', '-own') as Verb
      assert.ok(verbs.includes(own), own)
      for (const role of roles) if (may(role, any)) assert.ok(may(role, own), `${role} ${own}`)
    }
    assert.equal(mayOn('reporter', 'story.publish', { own: true }), true)
    assert.equal(mayOn('reporter', 'story.publish', { own: false }), false)
    assert.equal(mayOn('editor', 'story.publish', { own: false }), true)
    assert.equal(mayOn('host', 'story.publish', { own: true }), false)
  })

  test('a role is one of five words', () => {
    assert.equal(isRole('editor'), true)
    for (const word of ['Editor', 'owner', '', 'constructor']) assert.equal(isRole(word), false)
  })
})
