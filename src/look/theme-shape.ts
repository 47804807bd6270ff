import { z } from 'zod'
import { readingFaces, speakingFaces } from './theme.ts'
import type { Theme } from './theme.ts'

const hue = z.number().min(0).max(360)

/** What may be in a theme; apart from it, because browsers need no schemas. */
export const themeShape: z.ZodType<Theme> = z.strictObject({
  signalHue: hue,
  signalLight: z.number().min(0.3).max(0.8),
  houseHue: hue,
  paperHue: hue,
  read: z.enum(readingFaces),
  speak: z.enum(speakingFaces),
  radius: z.int().min(0).max(8),
})
