import type { Question } from './question.ts'

/** A piece of text, and whether it is what was asked for. Whoever shows it escapes it. */
export type Marked = { text: string; hit: boolean }[]

const word = /[\p{L}\p{M}\p{N}]+/gu
/** Of a body so much is shown, characters. */
const EXCERPT = 240
/** Words before the first hit of an excerpt, characters. */
const BEFORE = 60

/** The text in pieces, with the words asked for marked. `stem` brings the forms of a word together. */
export const markWords = (text: string, question: Question, stem: (word: string) => string): Marked => {
  const isHit = hitTest(question, stem)
  const marked: Marked = []
  const say = (piece: string, hit: boolean) => {
    const last = marked.at(-1)
    if (last?.hit === hit) last.text += piece
    else if (piece) marked.push({ text: piece, hit })
  }
  let end = 0
  for (const match of text.matchAll(word)) {
    say(text.slice(end, match.index), false)
    say(match[0], isHit(match[0]))
    end = match.index + match[0].length
  }
  say(text.slice(end), false)
  return marked
}

/** Where a text says what was asked for, some words around it; its beginning where it does not. */
export const excerptOf = (text: string, question: Question, stem: (word: string) => string): Marked => {
  const isHit = hitTest(question, stem)
  const first = [...text.slice(0, 50_000).matchAll(word)].find(([one]) => isHit(one))
  const line = text.replace(/\s+/g, ' ')
  // The folding of spaces moves it by little; the words around it matter, not the character.
  const from = first ? text.slice(0, first.index).replace(/\s+/g, ' ').length : 0
  const start = from <= BEFORE ? 0 : line.indexOf(' ', from - BEFORE) + 1
  const rest = line.slice(start)
  const piece = rest.length <= EXCERPT ? rest : rest.slice(0, EXCERPT).replace(/\s+\S*$/u, '')
  const whole = `${start > 0 ? '… ' : ''}${piece.toWellFormed()}${piece.length < rest.length ? ' …' : ''}`
  return markWords(whole, question, stem)
}

const hitTest = (question: Question, stem: (word: string) => string) => {
  const wanted = question.filter(({ not }) => !not)
  const stems = new Set(wanted.flatMap(({ words }) => words.map((one) => stem(plain(one)))))
  const beginnings = wanted.flatMap(({ words, prefix }) => (prefix ? [plain(words.at(-1) ?? '')] : []))
  return (one: string): boolean => {
    const lower = plain(one)
    return stems.has(stem(lower)) || beginnings.some((beginning) => lower.startsWith(beginning))
  }
}

/** Lower case and without accents, as the index has it. */
const plain = (one: string): string => one.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '')
