/** An address fit for `href` or `src`: http, https, mail, telephone, or a path of ours. Anything else becomes `#`. */
export const safeUrl = (url: string): string => {
  const text = url.trim()
  if (/^(https?:\/\/|mailto:|tel:)/i.test(text)) return text
  return /^(\/(?![/\\])|#)/.test(text) ? text : '#'
}

/** `https://lakesnews.example/story/7731` → `lakesnews.example`: how an address is read out. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

/** Where giving happens; a place on the front page is reached from every page. */
export const giveUrl = (give: string): string => (give.startsWith('#') ? `/${give}` : safeUrl(give))
