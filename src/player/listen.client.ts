import { setAttribute, setHidden, setIcon, setText } from './dom.client.ts'
import type { NowAnswer, NowStream } from './now.ts'
import { drawPosition } from './position.client.ts'
import type { Shown } from './shown.ts'
import { nextLine, sentence, tabLine } from './words.ts'

/** Draws the full screen, where there is one. */
export const drawListen = (shown: Shown, stream: NowStream, answer: NowAnswer): void => {
  const page = document.querySelector('body.listen')
  if (!page?.querySelector('.transport')) return
  const find = (selector: string) => page.querySelector(selector)
  const { state, knob, say, tally } = shown
  setText(find('main h1'), shown.what)
  setText(find('.head .tally'), tally.text)
  setAttribute(find('.head .tally'), 'class', tally.kind ? `tally ${tally.kind}` : 'tally')
  setText(
    find('main .host'),
    say ? `${say.head} ${sentence(say.text.replace(/ Meanwhile, $/, ''))}` : aboutOf(shown, stream),
  )
  drawPosition(page.querySelector('main') ?? page, shown.position, state === 'demand')
  drawArt(find('.art'), stream)
  const big = find('.big')
  setIcon(big, knob.icon)
  setAttribute(big, 'aria-label', state === 'idle' ? `Play ${stream.title}` : knob.word)
  big?.toggleAttribute('data-live', state === 'live')
  for (const skip of page.querySelectorAll<HTMLButtonElement>('.skip15')) skip.disabled = state !== 'demand'
  drawNext(find('.upnext'), shown, stream, answer.zone)
  drawTabs(page, answer, stream)
}

const aboutOf = ({ who, state }: Shown, { now }: NowStream) =>
  [sentence(who), state === 'demand' ? '' : sentence(now?.episode ?? '')].filter(Boolean).join(' ')

const drawArt = (image: Element | null, { now }: NowStream) => {
  setHidden(image, !now?.picture)
  if (now?.picture) setAttribute(image, 'src', `/pictures/${encodeURIComponent(now.picture)}`)
}

const drawNext = (element: Element | null, shown: Shown, { next }: NowStream, zone: string) => {
  const line = next && nextLine(next, zone)
  const [label, time] = element?.querySelectorAll('small > span') ?? []
  setText(label, shown.state === 'demand' ? (shown.next?.label ?? '') : 'Next Up')
  setText(time, shown.state === 'demand' ? '' : (line?.when ?? ''))
  const what = next?.episode ? `${next.title}: ${next.episode}` : (next?.title ?? 'Nothing announced')
  setText(element?.querySelector('b'), shown.state === 'demand' ? (shown.next?.what ?? '') : what)
}

const drawTabs = (page: Element, answer: NowAnswer, current: NowStream) => {
  for (const stream of answer.streams) {
    const tab = page.querySelector(`nav [data-choose="${stream.name}"]`)
    setText(tab?.querySelector('span'), tabLine(stream))
    setAttribute(tab, 'aria-pressed', String(stream === current))
  }
}
