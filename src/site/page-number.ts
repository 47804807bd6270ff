/** The number in `…/page/2`; 1 where there is none, null for what is no page: the first has one address only. */
export const pageNumber = (text: string | undefined): number | null =>
  text === undefined ? 1 : /^([2-9]|[1-9]\d{1,5})$/.test(text) ? Number(text) : null
