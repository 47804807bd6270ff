import { html } from 'hono/html'
import type { Story } from '../newsroom/newsroom.ts'
import type { Html } from '../player/icon.view.ts'
import { sentence } from '../player/words.ts'
import type { Frame } from './frame.ts'
import { linkedText } from './rich-text.view.ts'
import { hostOf, safeUrl } from './safe-url.ts'

/** Whose it is, with "To see more, visit …", then the agency's own line and the source. Faint, never cut. */
export const rightsView = ({ source, published }: Story, { station, times, origin }: Frame): Html => {
  const year = times.zoned(Date.parse(published)).year
  if (!source) {
    return html`<footer class="rights">
      <p>Copyright ${year} ${station.name}. ${seeMore(origin || '/', origin ? hostOf(origin) : station.name)}</p>
    </footer>`
  }
  const own = sentence(source.copyright || `Copyright ${year} ${source.owner}`)
  return html`<footer class="rights">
    <p>${linkedText(own)} ${/to see more/i.test(own) || !source.url ? '' : seeMore(source.url, hostOf(source.url))}</p>
    <p>
      ${source.agency && `${sentence(source.agency)} `}
      ${source.url && html`<a class="under" href="${safeUrl(source.url)}">Read the source</a>.`}
    </p>
  </footer>`
}

const seeMore = (href: string, name: string) =>
  html`To see more, visit <a class="under" href="${safeUrl(href)}">${name}</a>.`
