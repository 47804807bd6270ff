import { html } from 'hono/html'
import type { WireConfig, WireRule } from '../config/schema.ts'
import type { Html } from '../player/icon.view.ts'
import { sayView } from './say.view.ts'

export type WireRulesProps = {
  sources: {
    name: string
    config: WireConfig
    made: { id: string; rule: WireRule; by: string }[]
  }[]
  sections: ReadonlyMap<string, string>
  problem: string
  saved: boolean
  names: (account: string) => string
}

/** Where what comes goes: rules made here, then those of groundwave.yaml, then what the source says. */
export const wireRulesView = (props: WireRulesProps): Html => {
  const { sources, sections, problem, saved } = props
  return html`<div class="head"><h1>Routing rules</h1></div>
    ${problem && sayView('bad', problem)} ${saved && sayView('info', 'The rules hold for what comes from now on.')}
    <p class="meta gap-below">
      The first rule whose conditions hold decides. Rules made here come before those of groundwave.yaml; a rule made
      later comes first.
    </p>
    ${sources.length === 0 && html`<div class="empty"><p>There is no source yet, so there is nothing to route.</p></div>`}
    ${sources.map((source) => sourceView(source, props))}
    ${
      sources.length > 0 &&
      html`<section class="part" aria-labelledby="new-rule">
        <h2 class="h" id="new-rule">A new rule</h2>
        <form method="post" action="/studio/wire/rules" class="rule-form">
          ${selectView('source', 'Source', new Map(sources.map(({ name, config }) => [name, config.name ?? name])))}
          ${textView('collection', 'Only of the collections', 'Ids or names, with commas between')}
          ${textView('topic', 'Only of the topics', 'Education, Children')}
          ${textView('profile', 'Only of the kinds', 'story, newscast')} ${textView('genre', 'Only of the genres', '')}
          ${selectView(
            'route',
            'Goes',
            new Map([
              ['', 'as the source says'],
              ['desk', 'to the desk'],
              ['publish', 'straight to the site'],
              ['wire', 'nowhere by itself'],
            ]),
          )}
          ${selectView('section', 'In the section', new Map([['', 'as the source says'], ...sections]))}
          ${textView('topics', 'Gets the topics', 'Schools')} ${textView('expire', 'Leaves the site after', '30d')}
          <label class="check"
            ><input type="checkbox" name="hold" value="yes" /> Held until an editor releases it</label
          >
          <p><button class="button strong">Add the rule</button></p>
        </form>
      </section>`
    }`
}

const sourceView = (
  { name, config, made }: WireRulesProps['sources'][number],
  { sections, names }: WireRulesProps,
): Html =>
  html`<section class="part" aria-labelledby="rules-${name}">
    <h2 class="h" id="rules-${name}">${config.name ?? name}</h2>
    <ol class="rules">
      ${made.map(
        ({ id, rule, by }) =>
          html`<li>
            <p>${ruleWords(rule, sections)} <span class="meta">Made by ${names(by)}.</span></p>
            <form method="post" action="/studio/wire/rules/${id}/delete">
              <button class="button small">Take out<span class="hidden">: ${ruleWords(rule, sections)}</span></button>
            </form>
          </li>`,
      )}
      ${config.rules.map(
        (rule) =>
          html`<li class="fixed">
            <p>${ruleWords(rule, sections)}</p>
            <span class="meta">in groundwave.yaml</span>
          </li>`,
      )}
      <li class="fixed">
        <p>
          Everything
          ${made.length + config.rules.length > 0 && 'else '}${routeWords[config.route]}${config.route === 'publish' ? `, in ${nameOf(config.section, sections)}` : ''}.
        </p>
        <span class="meta">in groundwave.yaml</span>
      </li>
    </ol>
  </section>`

const routeWords = { desk: 'goes to the desk', publish: 'goes straight to the site', wire: 'stays on the wire' }

const nameOf = (section: string, sections: ReadonlyMap<string, string>): string => sections.get(section) ?? section

/** `Of the topics Education or Children: goes straight to the site, in County, with the topic Schools, for 30 days.` */
export const ruleWords = (
  { when, route, section, topics, expire, hold }: WireRule,
  sections: ReadonlyMap<string, string>,
): string => {
  const conditions = (
    [
      ['of the collection', when.collection],
      ['of the topic', when.topic],
      ['of the kind', when.profile],
      ['of the genre', when.genre],
    ] as const
  ).flatMap(([words, list]) => (list.length ? `${words} ${list.join(' or ')}` : []))
  const what = conditions.length ? `What is ${conditions.join(' and ')}` : 'Everything'
  const then = [
    route && routeWords[route],
    section && `in ${nameOf(section, sections)}`,
    topics.length > 0 && `with the topic ${topics.join(', ')}`,
    expire !== undefined && `for ${spanWords(expire)}`,
    hold && 'held until an editor releases it',
  ].filter(Boolean)
  return `${what}: ${then.length ? then.join(', ') : 'as the source says'}.`
}

const spanWords = (ms: number): string => {
  const days = ms / 86_400_000
  return days >= 1 ? `${Math.round(days * 10) / 10} days` : `${Math.round(ms / 3_600_000)} hours`
}

const textView = (name: string, words: string, hint: string): Html =>
  html`<div>
    <label class="label" for="rule-${name}">${words}</label>
    <input class="field" id="rule-${name}" name="${name}" maxlength="300" placeholder="${hint}" />
  </div>`

const selectView = (name: string, words: string, options: ReadonlyMap<string, string>): Html =>
  html`<div>
    <label class="label" for="rule-${name}">${words}</label>
    <select class="field" id="rule-${name}" name="${name}">
      ${[...options].map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </div>`
