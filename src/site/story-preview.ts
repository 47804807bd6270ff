import { shownOf } from '../newsroom/newsroom.ts'
import type { Story, StoryContent } from '../newsroom/newsroom.ts'
import { textOf } from '../player/icon.view.ts'
import { loadFrame } from './frame.ts'
import type { SiteDeps } from './site-deps.ts'
import { presentStory } from './story-page.ts'
import { storyView } from './story.view.ts'

export type Previewed = {
  id: string
  /** The address it has, if it has one. */
  path: string | null
  content: StoryContent
  /** What readers are told as its first publication, ms since the epoch; now when it has none. */
  published: number | null
}

/** The page a story would have, as HTML: the site's own, made of what is not public. For the staff only. */
export const storyPreview = async (deps: SiteDeps, { id, path, content, published }: Previewed): Promise<string> => {
  const at = deps.clock.now()
  const { id: section } = deps.config.sections.find((one) => one.id === content.section) ?? { id: content.section }
  const story: Story = {
    ...shownOf({ ...content, section, headline: content.headline || 'No headline yet' }),
    id,
    path: path ?? `/${section || 'section'}/preview`,
    published: new Date(published ?? at).toISOString(),
    updated: null,
    corrections: [],
  }
  const newsroom = { ...deps.newsroom, read: () => Promise.resolve(story) }
  const props = await presentStory({ ...deps, newsroom }, loadFrame(deps, story.path, at), story.path)
  return props ? textOf(storyView(props)) : ''
}
