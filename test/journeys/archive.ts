import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRecord, RECORD_BYTES } from '../../src/formats/audio/segment-index.ts'

export type HourFile = { path: string; audio: Buffer; /** Where the last indexed segment ends. */ indexed: number }

/** The hour files of a mount, oldest first. */
export const hourFiles = (data: string, mount: string): HourFile[] =>
  globSync(join(data, 'air', mount, '**/*.idx'))
    .toSorted()
    .map((path) => {
      const index = readFileSync(path)
      const last = decodeRecord(index, index.length - RECORD_BYTES)
      const audio = path.replace(/idx$/, 'mp3')
      return { path: audio, audio: readFileSync(audio), indexed: last ? last.byteOffset + last.byteLength : -1 }
    })
