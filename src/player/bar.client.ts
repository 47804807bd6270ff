import { setAttribute, setHidden, setIcon, setText } from './dom.client.ts'
import type { NowAnswer } from './now.ts'
import { drawPosition } from './position.client.ts'
import type { Shown } from './shown.ts'
import { nextLine, shortTime, streamLines } from './words.ts'

/** Draws a state into the bar that the server sent. */
export const drawBar = (bar: HTMLElement, shown: Shown): void => {
  const { state, knob, tally, what, who, position, next, say } = shown
  if (bar.dataset.state !== state) bar.dataset.state = state
  const find = (selector: string) => bar.querySelector(selector)
  setIcon(find('.knob'), knob.icon)
  setText(find('.player-play b'), knob.word)
  setText(find('.player-play .wide'), knob.small)
  setText(find('.player-play .narrow'), knob.narrow)
  setText(find('.what .tally'), tally.text)
  setAttribute(find('.what .tally'), 'class', tally.kind ? `tally ${tally.kind}` : 'tally')
  setText(find('.what b'), what)
  setText(find('.what .host'), who)
  setHidden(find('.player-now'), say !== null)
  setHidden(find('.player-next'), say !== null)
  drawPosition(bar, say ? null : position, state === 'demand')
  setText(find('.player-next small'), next?.label ?? 'Next Up')
  setText(find('.player-next b'), next?.what ?? 'Nothing announced')
  drawSay(find('.say'), say)
  for (const tool of bar.querySelectorAll('.player-do > [data-do]')) setHidden(tool, state !== 'demand')
}

const drawSay = (element: Element | null, say: Shown['say']) => {
  setHidden(element, say === null)
  if (!element || !say) return
  setText(element.querySelector('b'), say.head)
  const text = element.querySelector('span')
  const whole = say.text + (say.link?.title ?? '') + say.rest
  if (!text || text.textContent === whole) return
  text.replaceChildren(say.text)
  if (say.link) {
    const link = document.createElement('a')
    link.href = `/streams/${say.link.name}.m3u`
    link.dataset.playStream = say.link.name
    link.textContent = say.link.title
    text.append(link)
  }
  text.append(say.rest)
}

/** What every stream plays, in the drawer's rows. */
export const drawDrawer = (bar: HTMLElement, answer: NowAnswer, current: string | null): void => {
  const at = Date.parse(answer.at)
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: answer.zone }).format(
    at,
  )
  setText(bar.querySelector('[data-moment]'), `${day}, ${shortTime(at, answer.zone)}`)
  for (const stream of answer.streams) {
    const row = bar.querySelector(`[data-stream="${stream.name}"]`)
    const { plays, who } = streamLines(stream)
    const next = stream.next && nextLine(stream.next, answer.zone)
    setText(row?.querySelector('.plays'), stream.up ? plays : 'Off the air')
    setText(row?.querySelector('.who'), stream.up ? who : `since ${shortTime(Date.parse(stream.since), answer.zone)}`)
    drawThen(row?.querySelector('.then'), next)
    if (stream.name === current) row?.setAttribute('aria-current', 'true')
    else row?.removeAttribute('aria-current')
  }
}

const drawThen = (element: Element | null | undefined, next: { when: string; what: string } | null) => {
  if (!element || element.textContent === (next ? `Next, ${next.when} ${next.what}` : '')) return
  const what = document.createElement('b')
  what.textContent = next?.what ?? ''
  element.replaceChildren(...(next ? [`Next, ${next.when} `, what] : []))
}
