import { AirLine } from './air-line.client.ts'
import { Clock } from './clock.client.ts'
import { CopyText } from './copy-text.client.ts'
import { closeMenus } from './menu.client.ts'
import { WireNews } from './wire-news.client.ts'

// What every staff page loads. What only one page needs is a chunk of its own, asked for where its element stands.

customElements.define('studio-clock', Clock)
customElements.define('studio-air', AirLine)
customElements.define('copy-text', CopyText)
closeMenus()

customElements.define('studio-wire-news', WireNews)

if (document.querySelector('studio-look'))
  void import('./look.client.ts').then(({ LookPreview }) => customElements.define('studio-look', LookPreview))
if (document.querySelector('studio-audio'))
  void import('./audio.client.ts').then(({ AudioUploads }) => customElements.define('studio-audio', AudioUploads))
if (document.querySelector('story-editor')) void import('./editor/story-editor.client.ts')
if (document.querySelector('studio-photos'))
  void import('./photos.client.ts').then(({ PhotoLibrary }) => customElements.define('studio-photos', PhotoLibrary))
if (document.querySelector('studio-focus'))
  void import('./photo-focus.client.ts').then(({ PhotoFocus }) => customElements.define('studio-focus', PhotoFocus))

if (document.querySelector('studio-level'))
  void import('./level.client.ts').then(({ StudioLevel }) => customElements.define('studio-level', StudioLevel))
if (document.querySelector('studio-board'))
  void import('./board.client.ts').then(({ StudioBoard }) => customElements.define('studio-board', StudioBoard))
