import type { StoryContent } from '../src/newsroom/story.ts'
import { seeded } from './options.ts'

const VOCABULARY = 60_000
const MATTERS = 400
const WORDS_OF_A_MATTER = 60
const WORDS = 220
const SECTIONS = ['news', 'county', 'statehouse', 'music']

/** Stories in a language that nobody speaks, with words as frequent as in one that somebody does (Zipf–Mandelbrot). */
export const inventNews = (seed: number) => {
  const random = seeded(seed)
  const vocabulary = inventWords(random)
  const sums = new Float64Array(VOCABULARY)
  let sum = 0
  for (let rank = 0; rank < VOCABULARY; rank++) sums[rank] = sum += 1 / (rank + 2.7) ** 1.07
  const anyWord = () => {
    const at = random() * sum
    let [low, high] = [0, VOCABULARY - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < at) low = middle + 1
      else high = middle
    }
    return vocabulary[low]!
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1)
  const matters = Array.from({ length: MATTERS }, () => ({
    name: `${capital(anyWord())} ${anyWord()}`,
    words: Array.from(
      { length: WORDS_OF_A_MATTER },
      () => vocabulary[500 + Math.floor(random() * (VOCABULARY - 500))]!,
    ),
    people: Array.from({ length: 8 }, () => `${capital(pick(vocabulary))} ${capital(pick(vocabulary))}`),
  }))
  const reporters = Array.from({ length: 80 }, () => `${capital(pick(vocabulary))} ${capital(pick(vocabulary))}`)

  const sentence = (matter: (typeof matters)[number], length: number) => {
    const words = Array.from({ length }, () => {
      const chance = random()
      return chance < 0.2 ? pick(matter.words) : chance < 0.23 ? pick(matter.people) : anyWord()
    })
    return `${capital(words.join(' '))}.`
  }
  return {
    words: anyWord,
    story: (): StoryContent => {
      const matter = matters[Math.floor(random() ** 2 * MATTERS)]!
      const paragraphs = Array.from({ length: 8 }, () => `${sentence(matter, 14)} ${sentence(matter, WORDS / 8 - 14)}`)
      return {
        section: pick(SECTIONS),
        slug: '',
        eyebrow: matter.name,
        headline: sentence(matter, 8).slice(0, -1),
        dek: sentence(matter, 14),
        dateline: '',
        bylines: [{ name: pick(reporters), role: 'Reporter' }],
        photo: null,
        audio: null,
        body: {
          type: 'doc',
          content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
        },
        photos: {},
        sounds: {},
        topics: [matter.name],
        notes: '',
        source: null,
        place: null,
      }
    },
  }
}

/** Words of syllables, the frequent ones short. */
const inventWords = (random: () => number): string[] => {
  const [starts, middles, ends] = [
    'b c d f g h l m n p r s t v w br cl dr fl gr pl st tr'.split(' '),
    'a e i o u ai ea ou'.split(' '),
    ['', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'rk', 'st'],
  ]
  const made = new Set<string>()
  while (made.size < VOCABULARY) {
    const syllables = 1 + Math.floor((made.size / VOCABULARY) * 1.5 + random() * 2.2)
    let word = ''
    for (let n = 0; n < syllables; n++)
      word += starts[Math.floor(random() * starts.length)]! + middles[Math.floor(random() * middles.length)]!
    word += ends[Math.floor(random() * ends.length)]!
    if (word.length > 2) made.add(word)
  }
  return [...made]
}
