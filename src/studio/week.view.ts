import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { icon } from './icons.ts'
import { clockOf, lengthOf } from './week.ts'
import type { WeekCell, WeekDay, WeekPlan } from './week.ts'

export type WeekProps = {
  plan: WeekPlan
  streams: { name: string; title: string }[]
  stream: string
  mayWrite: boolean
}

/** The week of one stream as a table; the day as a list where there is no room for it. */
export const weekView = ({ plan, streams, stream, mayWrite }: WeekProps): Html => {
  const path = (name: string, date?: string) => `/studio/week?stream=${name}${date ? `&of=${date}` : ''}`
  return html`<div class="head">
      <h1>${plan.title}</h1>
      <span class="stepper"
        ><a class="tool" href="${path(stream, plan.before)}" aria-label="Week before">${icon('left', 'turns')}</a
        ><a class="button small" href="${path(stream)}" ${plan.isThisWeek ? html`aria-current="date"` : ''}>This week</a
        ><a class="tool" href="${path(stream, plan.after)}" aria-label="Week after">${icon('right', 'turns')}</a></span
      >
    </div>
    <nav class="filters" aria-label="Stream">
      ${streams.map(
        ({ name, title }) =>
          html`<a
            href="${path(name, plan.isThisWeek ? undefined : plan.days[0]?.date)}"
            ${name === stream ? html`aria-current="page"` : ''}
            >${title}</a
          >`,
      )}
    </nav>
    ${plan.holes.length > 0 && holesView(plan.holes)}
    ${
      plan.marks.length < 2
        ? html`<p class="empty">
            Nothing is planned on this stream. Its week is written in groundwave.yaml, under “schedule”.
          </p>`
        : html`${tableView(plan)} ${listView(plan)}`
    }
    ${mayWrite && html`<p class="meta gap-above">The week is written in groundwave.yaml, under “schedule”.</p>`}`
}

const holesView = (holes: string[]): Html =>
  html`<p class="say care gap-above gap-below">
    ${icon('warn')}<span
      ><b>${holes.length === 1 ? 'One place is empty:' : `${holes.length} places are empty:`}</b>
      ${holes.slice(0, 3).join(', ')}${holes.length > 3 ? ' …' : '.'}</span
    >
  </p>`

const tableView = ({ days, marks, title }: WeekPlan): Html =>
  html`<div class="planwrap scroller gap-above" tabindex="0" role="region" aria-label="Week plan">
    <table class="plan">
      <caption class="hidden">
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">Time</span></th>
          ${days.map(({ name, isToday }) => html`<th scope="col" ${isToday ? html`aria-current="date"` : ''}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${marks.slice(0, -1).map(
          (mark) =>
            html`<tr>
              <th scope="row">${clockOf(mark)}</th>
              ${days.map(({ cells }) => {
                const cell = cells.find(({ from }) => from === mark)
                return cell ? cellView(cell, marks) : ''
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

const cellView = ({ from, to, airing, isOn }: WeekCell, marks: number[]): Html => {
  const rows = marks.filter((mark) => mark >= from && mark < to).length
  const kind = airing === null ? 'empty' : isOn ? 'on' : airing.program.kind === 'music' ? 'music' : ''
  return html`<td class="${kind}" rowspan="${rows}">
    <span class="name">${airing?.program.name ?? 'Empty'}</span
    >${noteOf({ from, to, airing, isOn }) && html`<small>${noteOf({ from, to, airing, isOn })}</small>`}
  </td>`
}

const noteOf = ({ from, to, airing, isOn }: WeekCell): string =>
  airing === null ? lengthOf(to - from) : isOn ? 'on air' : airing.episode

/** From today on, or the whole of another week. */
const listView = ({ days }: WeekPlan): Html => {
  const today = days.findIndex(({ isToday }) => isToday)
  return html`<div class="dayplan">${days.slice(Math.max(0, today)).map(dayView)}</div>`
}

const dayView = ({ name, cells }: WeekDay): Html =>
  html`<section aria-label="${name}">
    <h2 class="h gap-above">${name}</h2>
    <ul>
      ${cells.map(
        (cell) =>
          html`<li class="${cell.airing === null ? 'empty' : cell.isOn ? 'on' : ''}">
            <span class="meta">${clockOf(cell.from)}</span>
            <span
              ><b>${cell.airing?.program.name ?? 'Empty'}</b
              ><span class="meta">${cell.airing?.episode || cell.airing?.program.host || ''}</span></span
            >
            <span class="meta">${cell.isOn ? 'on air' : lengthOf(cell.to - cell.from)}</span>
          </li>`,
      )}
    </ul>
  </section>`
