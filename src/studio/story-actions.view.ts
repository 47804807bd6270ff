import { html } from 'hono/html'
import type { StoryState } from '../newsroom/newsroom.ts'
import { placeOf } from '../newsroom/ready.ts'
import type { Lack } from '../newsroom/ready.ts'
import type { Html } from '../player/icon.view.ts'
import { deskName } from './editor-story.ts'
import { icon } from './icons.ts'
import { sayView } from './say.view.ts'
import { stateView } from './state.view.ts'
import type { ShownState } from './story-state.ts'
import type { StudioTimes } from './times.ts'

type About = { state: StoryState; shown: ShownState; times: StudioTimes; /** ms since the epoch */ at: number }

/** Every one of these pages: the story, its state, and the way back to it. */
const actionPage = ({ state, shown }: About, title: string, main: Html): Html =>
  html`<div class="head">
      <h1>${title}</h1>
      <a class="button" href="/studio/stories/${state.id}">Back to the story</a>
    </div>
    <p class="meta gap-below">
      <b>${state.content.headline || deskName(state)}</b> <span class="dot"></span>${stateView(shown)}
    </p>
    <div class="narrow">${main}</div>`

type PublishProps = About & { lacks: Lack[]; when: string; time: string; zone: string; problem: string }

export const publishView = (props: PublishProps): Html => {
  const { state, lacks, when, time, zone, problem, at, times } = props
  const { id, revision, publication, path, embargo } = state
  if (lacks.length > 0)
    return actionPage(
      props,
      'Not yet',
      html`<p class="gap-below">
          ${lacks.length === 1 ? 'One thing is' : `${lacks.length} things are`} missing before it can be public.
        </p>
        <ul class="checks big-checks">
          ${lacks.map(
            (lack) =>
              html`<li class="no">
                ${icon('cross')}<span
                  ><b>${lack.thing}</b>${lack.rule}
                  <a class="under" href="/studio/stories/${id}#${placeOf(lack)}">${lack.way}</a></span
                >
              </li>`,
          )}
        </ul>`,
    )
  const choice = (value: string, words: string, hint: string) =>
    html`<label class="choice"
      ><input type="radio" name="when" value="${value}" ${value === when ? 'checked' : ''} /><span
        ><b>${words}</b><span class="hint">${hint}</span></span
      ></label
    >`
  const isOut = publication !== null && publication.from <= at && state.takenDownBy === null
  return actionPage(
    props,
    isOut ? 'Publish changes' : 'Publish',
    html`${problem && sayView('bad', problem)}
      ${state.heldBy !== null ? sayView('care', 'It is held.', 'Nobody sees it before the hold is lifted.') : ''}
      ${
        embargo && (embargo.until === null || embargo.until > at)
          ? sayView('care', 'There is an embargo.', '“Now” and “at a time” end it.')
          : ''
      }
      <form method="post" action="/studio/stories/${id}/publish" class="stack-form">
        <input type="hidden" name="revision" value="${revision}" />
        <fieldset>
          <legend class="label">When</legend>
          ${choice('now', 'Now', isOut ? 'Readers see the changes at once; the address stays.' : 'It is on the site at once.')}
          ${choice('later', 'At a time', 'It goes out by itself.')}
          ${choice('embargo', 'Under embargo until', 'Ready everywhere, and shown nowhere before.')}
        </fieldset>
        <div>
          <label class="label" for="time">Time, for the last two</label>
          <input class="field" id="time" name="time" type="datetime-local" value="${time}" />
          <p class="hint">In the station’s zone, ${zone}. It is ${times.clock(at)} now.</p>
        </div>
        ${path && html`<p class="meta">Its address: <b>${path}</b></p>`}
        <p class="row">
          <button class="button strong">Publish</button><a class="button" href="/studio/stories/${id}">Not now</a>
        </p>
      </form>`,
  )
}

export const correctView = (props: About & { problem: string; text: string }): Html => {
  const { state, problem, text } = props
  const { id, publication, revision } = state
  const isAhead = publication !== null && publication.revision < revision
  return actionPage(
    props,
    'Correct',
    html`${problem && sayView('bad', problem)}
      <form method="post" action="/studio/stories/${id}/correct" class="stack-form">
        <div>
          <label class="label" for="text">What was wrong, and what is right</label>
          <textarea class="field" id="text" name="text" rows="4" required>${text}</textarea>
          <p class="hint">Readers see it under the story, with the time, for good.</p>
        </div>
        ${
          isAhead
            ? html`<label class="choice"
                ><input type="checkbox" name="with" value="text" checked /><span
                  ><b>Publish the edited text with it</b
                  ><span class="hint">Version ${revision}; readers see version ${publication.revision} now.</span></span
                ></label
              >`
            : html`<p class="meta">The text itself stays as it is. To change it too, edit it first.</p>`
        }
        <p class="row">
          <button class="button strong">Publish the correction</button
          ><a class="button" href="/studio/stories/${id}">Leave it</a>
        </p>
      </form>`,
  )
}

export const withdrawView = (props: About & { problem: string; mayKill: boolean; word: string }): Html => {
  const { state, problem, mayKill, word } = props
  const { id } = state
  return actionPage(
    props,
    state.takenDownBy === null ? 'Withdraw' : 'Kill',
    html`${problem && sayView('bad', problem)}
    ${
      state.takenDownBy === null
        ? html`<form method="post" action="/studio/stories/${id}/withdraw" class="stack-form">
            <p>It leaves the site and goes back to the desk. It can be published again under the same address.</p>
            <div>
              <label class="label" for="why">Why, for the staff</label>
              <input class="field" id="why" name="reason" autocomplete="off" />
            </div>
            <p class="row">
              <button class="button strong">Withdraw it</button
              ><a class="button" href="/studio/stories/${id}">Leave it</a>
            </p>
          </form>`
        : html`<p>It has been withdrawn: readers do not see it. Publishing brings it back; a kill is for good.</p>`
    }
    ${
      mayKill
        ? html`<section class="part" aria-labelledby="kill-h">
            <h2 class="h" id="kill-h">Or kill it</h2>
            <p class="gap-below">
              For what must never have gone out. It leaves every page, feed, search and copy we serve before this is
              answered, its address says that it was withdrawn, and it does not come back.
            </p>
            <form method="post" action="/studio/stories/${id}/kill" class="stack-form">
              <div>
                <label class="label" for="reason">Reason, for the staff</label>
                <input class="field" id="reason" name="reason" required autocomplete="off" />
              </div>
              <div>
                <label class="label" for="note">What readers are told at its address</label>
                <textarea class="field" id="note" name="note" rows="2"></textarea>
                <p class="hint">Repeat nothing of the story. It may stay empty.</p>
              </div>
              <div>
                <label class="label" for="confirm">Type “${word}” to say that you mean it</label>
                <input class="field" id="confirm" name="confirm" required autocomplete="off" autocapitalize="none" />
              </div>
              <p class="row"><button class="button bad">${icon('kill')}Kill the story</button></p>
            </form>
          </section>`
        : ''
    }`,
  )
}

export const spikeView = (props: About): Html => {
  const { state } = props
  const isSpiked = state.spikedBy !== null
  return actionPage(
    props,
    isSpiked ? 'Bring it back' : 'Spike',
    html`<form method="post" action="/studio/stories/${state.id}/spike" class="stack-form">
      <p>
        ${isSpiked ? 'It goes back to the desk as it was.' : 'It leaves the desk. Nothing of it is lost; it can be brought back.'}
      </p>
      ${
        isSpiked
          ? ''
          : html`<div>
              <label class="label" for="why">Why</label>
              <input class="field" id="why" name="reason" autocomplete="off" />
            </div>`
      }
      <p class="row">
        <button class="button strong">${isSpiked ? 'Bring it back' : 'Spike it'}</button
        ><a class="button" href="/studio/stories/${state.id}">Leave it</a>
      </p>
    </form>`,
  )
}
