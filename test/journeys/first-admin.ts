import type { Page } from 'playwright-core'
import type { Station } from './program.ts'

/** Goes in by the link the program printed, as the station's first admin, and stands at the desk then. */
export const comeInFirst = async (page: Page, { program }: Station, name: string): Promise<void> => {
  const [, link] = /first sign-in (\S+)/.exec(program.output()) ?? []
  await page.goto(link!)
  await page.fill('#name', name)
  await page.fill('#email', `${name.split(' ')[0]?.toLowerCase()}@oxbow.example`)
  await page.fill('#password', 'four ferries in a row')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL('**/studio')
}
