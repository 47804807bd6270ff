/** `/news.mp3` → `news`, `/am/news.aac` → `am-news`: the mount's name in HLS addresses, folders and the schedule. */
export const mountName = (path: string): string =>
  path
    .replace(/^\//, '')
    .replace(/\.[^./]*$/, '')
    .replaceAll('/', '-')
