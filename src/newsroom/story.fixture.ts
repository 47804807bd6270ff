import type { Photo, StoryContent } from './story.ts'

/** A body of paragraphs. */
export const bodyWith = (...paragraphs: string[]): StoryContent['body'] => ({
  type: 'doc',
  content: paragraphs.map((text) => ({ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) })),
})

export const ferryPhoto: Photo = {
  file: 'ferry.jpg',
  width: 1500,
  height: 1000,
  alt: 'A ferry at its pier in the rain.',
  caption: 'The ferry waits.',
  photographer: 'Ines Haldorsen',
  agency: '',
  terms: 'Ours.',
}

/** A story that may go out. */
export const ferryStory: StoryContent = {
  section: 'news',
  slug: 'ferry-winter',
  eyebrow: '',
  headline: 'The ferry stops for the winter',
  dek: 'It comes back in April.',
  dateline: '',
  bylines: [{ name: 'Ines Haldorsen', role: 'Reporter' }],
  photo: null,
  audio: null,
  body: bodyWith('The ferry stops on Friday.', 'It comes back in April, the county said.'),
  photos: {},
  sounds: {},
  topics: ['Ferries'],
  notes: '',
  source: null,
  place: null,
}
