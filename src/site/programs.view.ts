import { html } from 'hono/html'
import type { Html } from '../player/icon.view.ts'
import { sentence, withHost } from '../player/words.ts'
import { pageView } from './layout.view.ts'
import type { Coming, ProgramProps, ProgramsProps } from './programs.ts'

/** All programmes, each with when it is heard next. */
export const programsView = ({ frame, kinds }: ProgramsProps): Html =>
  pageView(
    { frame, title: `Programs | ${frame.station.name}` },
    html`<div class="page">
      <div class="banner">
        <div>
          <h1 class="h1">Programs</h1>
          <p class="dek">
            Everything with a name and a time. The <a class="under" href="/schedule">schedule</a> has them by the hour.
          </p>
        </div>
      </div>
      ${kinds.map(
        ({ name, programs }, index) =>
          html`<section class="rail" aria-labelledby="kind-${index}">
            <div class="rail-head"><h2 id="kind-${index}">${name}</h2></div>
            <ol class="episodes">
              ${programs.map(lineView)}
            </ol>
          </section>`,
      )}
    </div>`,
  )

const lineView = ({ href, name, host, about, next }: ProgramsProps['kinds'][number]['programs'][number]) =>
  html`<li>
    <p class="meta">${next && html`<b>${next}</b>`}</p>
    <div>
      <h3 class="h4"><a href="${href}">${name}</a></h3>
      ${about && html`<p class="sum">${about}</p>`}
    </div>
    <p class="meta">${withHost(host)}</p>
  </li>`

/** One programme: what it is, who makes it, when it is heard. */
export const programView = ({ frame, program, picture, facts, coming }: ProgramProps): Html =>
  pageView(
    { frame, title: `${program.name} | ${frame.station.name}`, description: program.summary },
    html`<div class="page">
      <div class="banner">
        <div>
          <p class="eyebrow"><a href="/programs">Program</a></p>
          <h1 class="h1">${program.name}</h1>
          <p class="dek">
            ${[sentence(program.summary), sentence(capital(withHost(program.host)))].filter(Boolean).join(' ')}
          </p>
          ${facts.length > 0 && html`<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>`}
        </div>
        ${picture && html`<figure class="photo"><img src="${picture}" width="1500" height="1000" alt="" /></figure>`}
      </div>
      <section class="rail" aria-labelledby="eps" data-live="coming">
        <div class="rail-head">
          <h2 id="eps">On the air</h2>
          <a href="/schedule">Full schedule</a>
        </div>
        <ol class="episodes">
          ${coming.map(comingView)} ${coming.length === 0 && html`<li>Not on the air in the coming week.</li>`}
        </ol>
      </section>
    </div>`,
  )

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const comingView = ({ iso, weekday, day, time, stream, episode, isOn }: Coming) =>
  html`<li>
    <p class="meta"><b>${weekday}</b><br />${day}</p>
    <div>
      <h3 class="h4"><time datetime="${iso}">${time}</time></h3>
      <p class="sum">${episode}</p>
    </div>
    <p class="meta">${isOn ? html`<span class="tally">On air</span>` : stream}</p>
  </li>`
