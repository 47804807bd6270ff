import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** Why a test that needs a browser is not run, or false. */
export const skip = executablePath ? false : 'no Chromium: name one in CHROMIUM'

/** A browser that may sound without a press. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
