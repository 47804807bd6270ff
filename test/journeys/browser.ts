import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { needs } from '../world/programs.ts'

/** Options of a test that needs Chromium: skipped by name without it, failed with CI=true. */
export const needsBrowser = (...programs: string[]): { skip?: string } => needs('chromium', ...programs)

const chromiumPath = (): string => {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
  if (!found) throw new Error('chromium is not on PATH')
  return found
}

/** A browser that may sound without a press, and asks nobody outside. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })

export type Visit = {
  page: Page
  /** What the console, the page or its policy complained of. */
  complaints: string[]
  close: () => Promise<void>
}

/** A listener's own window: nothing is remembered from others. */
export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints = listenForComplaints(page)
  await page.goto(url)
  return { page, complaints, close: () => context.close() }
}

/** Errors and warnings of the page and its policy (a violation is an error on the console), and whatever it could not load. */
const listenForComplaints = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url} on ${page.url()})`)
  })
  page.on('pageerror', (error) =>
    complaints.push(`threw: ${error.name} ${error.message} ${error.stack ?? ''} (on ${page.url()})`),
  )
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A stream that is stopped and a page that is left behind are let go on purpose.
    if (why !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${why}`)
  })
  return complaints
}

/** Waits until the player's bar says so. */
export const barIs = async (page: Page, state: string, timeout = 15_000): Promise<void> => {
  await page.waitForSelector(`.player.bar[data-state="${state}"]`, { timeout, state: 'attached' })
}

export const textOf = async (page: Page, selector: string): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replaceAll(/\s+/g, ' ').trim()

/** Loudest level of what the player's element decodes within some time, dB below full scale. */
export const heardLevel = (page: Page, ms = 3000): Promise<number> =>
  page.evaluate(async (span) => {
    const audio = document.querySelector('audio') as HTMLAudioElement & { captureStream(): MediaStream }
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(audio.captureStream()).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let peak = 0
    for (const until = performance.now() + span; performance.now() < until;) {
      analyser.getFloatTimeDomainData(samples)
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
      // oxlint-disable-next-line no-await-in-loop -- it listens for a while
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await context.close()
    return 20 * Math.log10(peak)
  }, ms)
