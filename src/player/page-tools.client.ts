import { buttonFrom } from './dom.client.ts'
import { adoptKnobs } from './knobs.client.ts'

/** Takes a page over, the first or one walked to: links that play become buttons, and what needs script is shown. */
export const adoptPage = (): void => {
  adoptKnobs(document)
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a:is([data-do], [data-choose])')) buttonFrom(link)
  for (const tool of document.querySelectorAll<HTMLButtonElement>(
    'button[data-do]:is(.share > *, .transport > .tool)',
  )) {
    tool.hidden = false
    tool.disabled = false
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="mailto:?"]:not([href*="body="])')) {
    link.href += `&body=${encodeURIComponent(location.href)}`
  }
}
