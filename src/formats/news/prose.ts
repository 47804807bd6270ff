/**
 * The neutral body of a news item: what every wire format is read into and what a newsroom's body document is made of.
 * Kinds as NITF 3.6 body.content (p, hl2, ul/ol, bq, table, hr, media), CDS layout assets and HTML know them in common.
 */
export type Prose =
  | { type: 'paragraph'; runs: Run[] }
  /** Level 2 stands directly under the headline, 3 under a 2. */
  | { type: 'heading'; level: 2 | 3; runs: Run[] }
  /** Each item: paragraphs and further lists. */
  | { type: 'list'; ordered: boolean; items: Prose[][] }
  /** What somebody said or wrote, in the flow (HTML blockquote, NITF bq). Speaker is '' when the text tells it. */
  | { type: 'quotation'; paragraphs: Run[][]; speaker: string }
  /** Words of the text set apart for the eye (CDS pull-quote). */
  | { type: 'pull-quote'; runs: Run[]; speaker: string }
  /** The id of one of the item's photos. */
  | { type: 'photo'; photo: string }
  /** The id of one of the item's sounds. */
  | { type: 'audio'; audio: string }
  /** Rows of equal length. */
  | { type: 'table'; rows: ProseCell[][] }
  /** Something that lives elsewhere and is shown by its provider's player; only providers of embed.ts. */
  | { type: 'embed'; provider: string; id: string; title: string }
  /** A pointer to another piece: by address, or by its provider's id while the address is not known yet. */
  | { type: 'card'; eyebrow: string; title: string; href: string | null; itemId: string | null }
  | { type: 'rule' }

export type ProseCell = { header: boolean; runs: Run[] }

/** Text of one kind. `href` has passed safe-link.ts. */
export type Run = { text: string; strong?: true; emphasis?: true; href?: string }

/** The words of runs without their marks. */
export const runsText = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')

/** The words of blocks, one paragraph a line; photos, sounds and embeds have none. */
export const proseText = (blocks: readonly Prose[]): string =>
  blocks
    .flatMap((block): string[] => {
      switch (block.type) {
        case 'paragraph':
        case 'heading':
        case 'pull-quote':
          return [runsText(block.runs)]
        case 'quotation':
          return block.paragraphs.map(runsText)
        case 'list':
          return block.items.map(proseText)
        case 'table':
          return block.rows.map((row) => row.map(({ runs }) => runsText(runs)).join('\t'))
        default:
          return []
      }
    })
    .filter(Boolean)
    .join('\n')

/** Headings that begin at 3 are lifted, so that the page's outline has no gap (WCAG 2.2, technique H42). */
export const evenHeadings = (blocks: Prose[]): Prose[] =>
  blocks.some((block) => block.type === 'heading' && block.level === 2)
    ? blocks
    : blocks.map((block) => (block.type === 'heading' ? { ...block, level: 2 } : block))
