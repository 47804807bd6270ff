import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { pageView } from './layout.view.ts'
import type { DayRow, ScheduleProps } from './schedule-page.ts'
import { weekView } from './week.view.ts'

/** A day of one stream, hour by hour, and its week. */
export const scheduleView = (props: ScheduleProps): Html => {
  const { frame, dek, tabs, stream, isToday, day, parts, days, week } = props
  return pageView(
    { frame, title: `Schedule, ${stream.title}, ${day} | ${frame.station.name}` },
    html`<div class="page">
      <div class="banner">
        <div>
          <h1 class="h1">Schedule</h1>
          <p class="dek">${dek}</p>
        </div>
      </div>
      <nav class="tabs" aria-label="Stream">
        ${tabs.map(
          ({ href, name, isCurrent }) =>
            html`<a href="${href}" ${isCurrent ? html`aria-current="page"` : ''}>${name}</a>`,
        )}
      </nav>
      <div class="split">
        <section aria-labelledby="day-h" data-live="day">
          <h2 class="hidden" id="day-h">${isToday ? 'Today' : day}, by the hour</h2>
          <ol class="day">
            ${parts.map(
              ({ name, rows }) =>
                html`<li class="part">${name}</li>
                  ${rows.map(rowView)}`,
            )}
            ${parts.length === 0 && html`<li>Nothing is announced for this day.</li>`}
          </ol>
        </section>
        ${daysView(days)}
      </div>
      <section class="rail" aria-labelledby="wk">
        <div class="rail-head">
          <h2 id="wk">The week</h2>
          <a href="${week.next}" rel="nofollow">Next week</a>
        </div>
        ${weekView(week)}
      </section>
    </div>`,
  )
}

const rowView = ({ iso, time, until, title, href, about, state }: DayRow) =>
  html`<li ${state === 'to come' ? '' : html`class="${state}"`}>
    <p><time datetime="${iso}">${time}</time><span class="until">${until}</span></p>
    <div>
      <h3 class="h4"><a href="${href}">${title}</a></h3>
      ${about && html`<p class="meta">${about}</p>`}
    </div>
    ${state === 'on' && html`<span class="tally">On air</span>`}
  </li>`

const daysView = (days: ScheduleProps['days']) =>
  html`<aside aria-labelledby="days-h">
    <h2 class="h5" id="days-h">Days of this week</h2>
    <ul class="list">
      ${days.map(
        ({ href, name, isCurrent }) =>
          html`<li>
            <p class="meta">${isCurrent ? html`<b>${name}</b>` : html`<a class="under" href="${href}">${name}</a>`}</p>
          </li>`,
      )}
    </ul>
  </aside>`
