import { html } from 'hono/html'
import type { StudioDoor } from './door.ts'

/** The desk: what the newsroom works on. */
export const deskRoutes = (door: StudioDoor): void => {
  door.get('/studio', 'story.see', (person, context) =>
    door.page(
      person,
      context,
      { title: 'Desk' },
      html`<div class="head"><h1>Desk</h1></div>
        <p class="meta">No stories yet today.</p>`,
    ),
  )
}
