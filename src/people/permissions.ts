/** What a person is at the station. One each. */
export const roles = ['admin', 'editor', 'reporter', 'host', 'engineer'] as const
export type Role = (typeof roles)[number]

const everyone = roles
const writers = ['admin', 'editor', 'reporter', 'host'] as const
const reporters = ['admin', 'editor', 'reporter'] as const
const editors = ['admin', 'editor'] as const
const technicians = ['admin', 'engineer'] as const
const admins = ['admin'] as const

/**
 * Who may do what; nobody else may. `-own` is for what a person has made or is a byline of, `-any` for everybody's.
 * Reporters publish, correct and withdraw what is theirs: at night there is often nobody else in the house.
 */
export const permissions = {
  'story.see': everyone,
  'story.write-own': writers,
  'story.write-any': editors,
  /** Take the pen from somebody who writes, on a story one may write. */
  'story.take-over': writers,
  'story.note': writers,
  /** Now, later, or under an embargo. */
  'story.publish-own': reporters,
  'story.publish-any': editors,
  'story.correct-own': reporters,
  'story.correct-any': editors,
  /** Off the site, and back to the desk. */
  'story.withdraw-own': reporters,
  'story.withdraw-any': editors,
  /** Gone from everywhere, for good. */
  'story.kill': editors,
  /** Throw away a draft. */
  'story.spike-own': writers,
  'story.spike-any': editors,

  'front.arrange': editors,
  'section.change': editors,
  'topic.change': editors,

  'photo.see': everyone,
  'photo.upload': writers,
  'photo.edit-own': writers,
  'photo.edit-any': editors,
  'photo.delete': editors,

  'audio.see': everyone,
  'audio.upload': writers,

  'wire.see': everyone,
  /** Bring a wire item to the desk, take a waiting update. */
  'wire.take': reporters,
  /** Rules that choose what goes where. */
  'wire.route': editors,
  /** Read again what could not be read. */
  'wire.reparse': ['admin', 'editor', 'engineer'],
  /** Sources, with their tokens. */
  'wire.change': technicians,

  'air.see': everyone,
  'air.change': technicians,

  'people.see': everyone,
  'people.invite': admins,
  /** Roles, suspensions, links for new passwords, other people's sessions and tokens. */
  'people.change': admins,
  /** One's own name, password, sessions. */
  'account.change-own': everyone,
  /** A key for a program that acts in one's name. */
  'token.make-own': everyone,

  'look.change': editors,
  'events.see': editors,
  'jobs.see': technicians,
  'jobs.change': technicians,
  'backup.make': technicians,
  'settings.see': technicians,
  'settings.change': technicians,
} as const satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof permissions
/** Verbs that are told apart by whose thing it is: `story.write` for `story.write-own` and `story.write-any`. */
export type OwnedVerb = Extract<Verb, `${string}-any`> extends `${infer Base}-any` ? Base : never

export const may = (role: Role, verb: Verb): boolean => (permissions[verb] as readonly Role[]).includes(role)

/** Whether one may do it to this thing. */
export const mayOn = (role: Role, verb: OwnedVerb, { own }: { own: boolean }): boolean =>
  may(role, `${verb}-any`) || (own && may(role, `${verb}-own`))

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)
