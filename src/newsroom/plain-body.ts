import type { StoryContent } from './story.ts'

type BodyNode = { type?: string; text?: string; attrs?: Record<string, unknown>; content?: BodyNode[] }

/** The words of a body, a line for each block, with the captions of its photos: for an index, which asks for no more. */
export const plainText = (
  body: StoryContent['body'],
  { photos, sounds }: Pick<StoryContent, 'photos' | 'sounds'>,
): string => {
  const lines: string[] = []
  const walk = (node: BodyNode) => {
    const { type, attrs = {}, content = [] } = node
    if (type === 'photo') lines.push(photos[String(attrs['photo'])]?.caption ?? '')
    else if (type === 'audio') lines.push(sounds[String(attrs['audio'])]?.title ?? '')
    else if (content.some((one) => one.type === 'text')) lines.push(content.map(({ text = ' ' }) => text).join(''))
    else for (const one of content) walk(one)
    if (typeof attrs['speaker'] === 'string') lines.push(attrs['speaker'])
  }
  walk(body as BodyNode)
  return lines.filter(Boolean).join('\n')
}
