import type { Role } from '../people/people.ts'

/** What each role is for, for who has to choose one. */
export const roleWords: Record<Role, string> = {
  admin: 'Everything, and who else may what.',
  editor: 'Writes and publishes everybody’s, corrects, kills, arranges the front.',
  reporter: 'Writes, publishes, corrects and withdraws what is their own.',
  host: 'Writes drafts and uploads photos; somebody else publishes.',
  engineer: 'Streams, wire sources, jobs and backups; reads everything.',
}

const browsers: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const machines: [RegExp, string][] = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'a Mac'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bLinux\b/, 'Linux'],
]

/** `Firefox on Windows`, of what a browser says of itself; its first word where it says nothing we know. */
export const browserWords = (agent: string): string => {
  const found = (of: [RegExp, string][]) => of.find(([sign]) => sign.test(agent))?.[1]
  const [browser, machine] = [found(browsers), found(machines)]
  if (!browser) return agent.split(/[\s/]/)[0] || 'An unknown browser'
  return machine ? `${browser} on ${machine}` : browser
}
