/** Characters, as a person counts them. */
export const SHORTEST = 10
const LONGEST = 200

// What guessers try first, without the digits and signs they are dressed with.
const common = new Set(
  `password passwort passwd passphrase letmein letmeinplease welcome welcomeback iloveyou iloveu monkey dragon sunshine
  princess football baseball basketball superman batman shadow master trustno changeme changemenow secret topsecret
  default guest login admin administrator rootroot test testtest testing qwerty qwertz azerty asdf asdfgh zxcvbn starwars whatever
  hello helloworld computer internet freedom summer winter spring autumn january february march april may june july august
  september october november december monday friday radio newsroom studio onair groundwave station broadcast microphone`
    .split(/\s+/)
    .values(),
)
const runs = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
]

const swaps = [
  ['0', 'o'],
  ['1', 'i'],
  ['!', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['@', 'a'],
  ['5', 's'],
  ['$', 's'],
] as const

/** What is wrong with a password somebody wants, in a sentence for them; null when it will do. */
export const passwordProblem = (
  password: string,
  { name = '', email = '' }: { name?: string; email?: string } = {},
): string | null => {
  const length = [...new Intl.Segmenter().segment(password)].length
  if (length < SHORTEST) return `It needs ${SHORTEST} characters or more; this one has ${length}.`
  if (length > LONGEST) return `It may have up to ${LONGEST} characters; this one has ${length}.`
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size < 5) return 'It repeats the same few characters.'
  // Dress taken off: what stands before and behind, and then the signs that stand for letters.
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const spelled = swaps.reduce((text, [sign, letter]) => text.replaceAll(sign, letter), core)
  const bare = [core, spelled].map((text) => text.replace(/[^\p{L}]/gu, ''))
  if (bare.some((text) => common.has(text) || common.has(half(text))))
    return 'It is one of the first that anybody would try.'
  if (runs.some((run) => run.includes(plain) || [...run].toReversed().join('').includes(plain)))
    return 'It is a row of neighbouring keys or numbers.'
  const own = [...name.toLowerCase().split(/\s+/), email.split('@')[0] ?? ''].filter((word) => word.length >= 4)
  if (own.some((word) => plain.includes(word.toLowerCase()) && plain.length - word.length < 8))
    return 'It is mostly your own name or address.'
  return null
}

/** `radioradio` → `radio` */
const half = (text: string): string => {
  const first = text.slice(0, text.length / 2)
  return first + first === text ? first : text
}
