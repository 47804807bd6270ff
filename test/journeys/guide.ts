import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { ROOT } from './program.ts'

const GUIDE = join(ROOT, 'docs/guide')

type Steps = Record<string, () => Promise<void>>

/** The steps of a page of the guide: its numbered lines begin with what to do, in bold. */
const stepsOf = (file: string): string[] =>
  [...readFileSync(join(GUIDE, file), 'utf8').matchAll(/^\d+\. \*\*(.+?)\.?\*\*/gm)].map(([, step]) => step!)

/**
 * Does what a page of the guide says, step by step: its bold words name the steps, and there may be none that is not
 * done here. With GROUNDWAVE_PICTURES set, each step leaves the page's picture of it, `<page>-<n>.webp`.
 */
export const followGuide = (file: string, { page, steps }: { page: () => Page; steps: Steps }): void => {
  const told = stepsOf(file)
  test('the guide tells these steps, and no others', () => assert.deepEqual(told, Object.keys(steps)))
  for (const [at, step] of told.entries())
    test(step, { timeout: 60_000 }, async () => {
      await steps[step]?.()
      await pictureOf(page(), file, at + 1)
    })
}

/** The picture of a step, `<page>-<n>.webp`, when pictures are wanted. */
export const pictureOf = async (page: Page, file: string, step: number): Promise<void> => {
  if (!process.env['GROUNDWAVE_PICTURES']) return
  mkdirSync(join(GUIDE, 'pictures'), { recursive: true })
  await page.waitForTimeout(600)
  const picture = sharp(await page.screenshot()).webp({ quality: 82 })
  await picture.toFile(join(GUIDE, 'pictures', `${file.replace(/\.md$/, '')}-${step}.webp`))
}

/** Between two keys of somebody who types 130 words a minute on a phone would be 90; ms. */
export const PACE = 90

/** Types as a person does: a key every 40 ms or so. */
export const typeIn = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).first().click()
  await page.keyboard.type(text, { delay: PACE })
}

/** A person looks before the next press, ms. */
export const look = (page: Page, ms = 700) => page.waitForTimeout(ms)
