import { html } from 'hono/html'
import { readingFaces, speakingFaces, tooNear } from '../look/look.ts'
import type { Look } from '../look/look.ts'
import type { Html } from '../player/icon.view.ts'
import { warningOf } from './look-words.ts'
import { sayView } from './say.view.ts'

export type LookProps = {
  look: Look
  /** As the configuration has them. */
  configured: { name: string; line: string }
  problems: string[]
  saved: boolean
}

/** The form at the side of what it does. With script the front page follows every movement. */
export const lookView = ({ look, configured, problems, saved }: LookProps): Html => {
  const { theme } = look
  const warnings = tooNear(theme).map(warningOf)
  return html`<div class="head"><h1>Look</h1></div>
    ${saved && sayView('info', 'This is the look of every page now.')}
    ${problems.map((problem) => sayView('bad', problem))}
    <studio-look class="look">
      <div class="controls">
        <form method="post" action="/studio/look" id="look" class="stack">
          <div>
            <label class="label" for="name">Name</label>
            <input
              class="field"
              id="name"
              name="name"
              required
              maxlength="80"
              value="${look.name ?? configured.name}"
            />
          </div>
          <div>
            <label class="label" for="line">Line</label>
            <input class="field" id="line" name="line" maxlength="160" value="${look.line ?? configured.line}" />
            <p class="hint">Over every page: “Your source for …”</p>
          </div>
          <fieldset class="part">
            <legend><h2 class="h">Colours</h2></legend>
            ${sliderView({ name: 'signalHue', words: 'Signal', hint: 'On the air, now; nothing else.', value: theme.signalHue })}
            ${sliderView({ name: 'signalLight', words: 'Signal’s lightness', hint: 'Follows the hue; darker is easier to read.', value: theme.signalLight, range: { min: 0.3, max: 0.8, step: 0.005 } })}
            ${sliderView({ name: 'houseHue', words: 'House', hint: 'Player, footer, lines under links.', value: theme.houseHue })}
            ${sliderView({ name: 'paperHue', words: 'Paper', hint: 'The warmth of paper and ink.', value: theme.paperHue })}
            <div class="warnings" role="status">
              ${warnings.length > 0 && html`<p><b>Hard to read for many (under WCAG AA):</b></p>`}
              <ul>
                ${warnings.map((warning) => html`<li>${warning}</li>`)}
              </ul>
            </div>
          </fieldset>
          <fieldset class="part">
            <legend><h2 class="h">Type and corners</h2></legend>
            ${choiceView({ name: 'read', words: 'What people wrote', faces: readingFaces, chosen: theme.read })}
            ${choiceView({ name: 'speak', words: 'What the machine says', faces: speakingFaces, chosen: theme.speak })}
            ${sliderView({ name: 'radius', words: 'Corners, pixels', hint: '0 is print, 8 is soft.', value: theme.radius, range: { min: 0, max: 8, step: 1 } })}
          </fieldset>
          <fieldset class="part">
            <legend><h2 class="h">Logo</h2></legend>
            <div class="has-script">
              <label class="label" for="logo-file">A drawing in one colour, square (SVG)</label>
              <input class="field" id="logo-file" type="file" accept=".svg,image/svg+xml" />
            </div>
            <details class="paste">
              <summary>Its text</summary>
              <label class="label" for="logo">SVG</label>
              <textarea class="field" id="logo" name="logo" rows="4" spellcheck="false"></textarea>
            </details>
            ${
              look.logo &&
              html`<label class="tick"
                ><input type="checkbox" name="logo-standard" value="1" /> Back to the one that came with the
                program</label
              >`
            }
          </fieldset>
        </form>
        <div class="deeds">
          <button class="button strong" form="look">Make it our look</button>
          <form method="post" action="/studio/look/standard">
            <button class="button">Back to the standard colours</button>
          </form>
        </div>
      </div>
      <section class="preview" aria-label="The front page, as it would look">
        <p class="meta has-script" role="group" aria-label="Preview">
          <button type="button" class="button small" data-light="light">Light</button>
          <button type="button" class="button small" data-light="dark">Dark</button>
          <button type="button" class="button small" data-width="phone">Phone</button>
          <button type="button" class="button small" data-width="wide">Desktop</button>
        </p>
        <iframe src="/" title="The front page" loading="lazy"></iframe>
      </section>
    </studio-look>`
}

type Slider = {
  name: string
  words: string
  hint: string
  value: number
  range?: { min: number; max: number; step: number }
}

const sliderView = ({ name, words, hint, value, range = { min: 0, max: 360, step: 1 } }: Slider): Html =>
  html`<div class="slider" data-slider="${name}">
    <label class="label" for="${name}">${words}</label>
    <input
      type="range"
      id="${name}"
      name="${name}"
      min="${range.min}"
      max="${range.max}"
      step="${range.step}"
      value="${value}"
      aria-describedby="${name}-hint"
    />
    <output for="${name}">${value}</output>
    <p class="hint" id="${name}-hint">${hint}</p>
  </div>`

type Choice = { name: string; words: string; faces: readonly string[]; chosen: string }

const choiceView = ({ name, words, faces, chosen }: Choice): Html =>
  html`<div>
    <label class="label" for="${name}">${words}</label>
    <select class="field" id="${name}" name="${name}">
      ${faces.map((face) => html`<option ${face === chosen ? 'selected' : ''}>${face}</option>`)}
    </select>
  </div>`
