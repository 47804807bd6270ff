import { html } from 'hono/html'
import type { StudioDoor } from './door.ts'
import { deskName, storyFor } from './editor-story.ts'
import { sayView } from './say.view.ts'
import type { StudioDeps } from './studio-deps.ts'

/** A story as readers would see it, on a phone and on a desk, before they do. */
export const previewRoutes = (door: StudioDoor, deps: StudioDeps): void => {
  const at = '/studio/stories/:id/preview' as const

  door.get(at, 'story.see', async (person, context) => {
    const state = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    const { copies } = await deps.drafts.versions(state.id)
    const isPhone = context.req.query('width') !== 'desktop'
    const here = `/studio/stories/${state.id}`
    const width = (name: string, words: string, current: boolean) =>
      html`<a href="${here}/preview?width=${name}" ${current ? html`aria-current="page"` : ''}>${words}</a>`
    return door.page(
      person,
      context,
      { title: `Preview of ${deskName(state)}` },
      html`<div class="head">
          <h1>Preview</h1>
          <a class="button" href="${here}">Back to the story</a>
        </div>
        <p class="meta"><b>${deskName(state)}</b> <span class="dot"></span>version ${state.revision}</p>
        ${copies.length > 0 ? sayView('info', 'Somebody has written more since.', 'Versions shows what is not in this one.') : ''}
        <nav class="filters gap-below" aria-label="Width">
          ${width('phone', 'Phone', isPhone)} ${width('desktop', 'Desktop', !isPhone)}
        </nav>
        <iframe
          class="${isPhone ? 'frame-phone' : 'frame-desktop'}"
          src="${here}/preview/page"
          title="The story’s page, ${isPhone ? 'on a phone' : 'on a desk'}"
        ></iframe>`,
    )
  })

  door.get(`${at}/page`, 'story.see', async (person, context) => {
    const { id, path, content, publication } = await storyFor({ door, deps }, { person, context, verb: 'story.see' })
    context.header('cache-control', 'no-store')
    context.header('x-robots-tag', 'noindex')
    return context.html(await deps.previewPage({ id, path, content, published: publication?.published ?? null }))
  })
}
