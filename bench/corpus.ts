import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A labelled text. Who ranks is given everything but the labels. */
export type LabelledText = {
  headline: string
  body: string
  /** ms since the epoch; NaN when the collection does not tell. */
  at: number
  labels: readonly string[]
}

type Line = {
  title?: string | null
  body?: string | null
  sentences?: string[]
  topics?: string[]
  story?: string
  date?: string
  timestamp?: number
}

/**
 * All labelled texts of a folder of `*.jsonl` and `*.jsonl.gz`: their label is `story` where there is one, else each
 * of `topics`. Texts without a label cannot be judged and are left out.
 */
export const readCorpus = (folder: string): LabelledText[] =>
  readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .toSorted()
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name))
      const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
      return lines.filter((line) => line.trim()).map((line) => toText(JSON.parse(line) as Line))
    })
    .filter(({ labels }) => labels.length > 0)

const toText = ({ title, body, sentences = [], topics = [], story, date, timestamp }: Line): LabelledText => ({
  headline: title ?? '',
  // The trailing character is the old wire's end of text.
  body: (body || sentences.join(' ')).replaceAll('\u0003', ''),
  at: timestamp ?? Date.parse((date ?? '').trim().replace(/\.\d+$/, ' UTC')),
  labels: story === undefined ? topics : [story],
})
