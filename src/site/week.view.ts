import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import type { ScheduleProps } from './schedule-page.ts'
import type { WeekCell } from './week-grid.ts'

/** A real table in its own scroller: talk plain, music sunk, now washed. */
export const weekView = ({ grid, label, caption }: ScheduleProps['week']): Html =>
  html`<div class="weekwrap" tabindex="0" role="region" aria-label="${label}" data-live="week">
      <table class="weektable">
        <caption class="hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col"><span class="hidden">Hour</span></th>
            ${grid.days.map(
              ({ name, isToday }) => html`<th scope="col" ${isToday ? html`aria-current="date"` : ''}>${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${grid.rows.map(
            ({ hour, cells }) =>
              html`<tr>
                <th scope="row">${hour}</th>
                ${cells.map(cellView)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="key"><span>Talk</span><span class="k-music">Music</span><span class="k-on">On air now</span></p>`

const cellView = ({ title, href, note, kind, rows, columns }: WeekCell) =>
  html`<td
    ${kind === 'music' || kind === 'on' ? html`class="${kind}"` : ''}
    ${columns > 1 ? html`colspan="${columns}"` : ''}
    ${rows > 1 ? html`rowspan="${rows}"` : ''}
  >
    ${title && html`<a href="${href}">${title}</a>`}${note && html`<small>${note}</small>`}
  </td>`
