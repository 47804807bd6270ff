export type SettingsTables = { settings: SettingsTable }

/** One state of what editors arrange; the newest of its kind holds, the older ones stay. */
export type SettingsTable = {
  id: string
  kind: 'front' | 'sections' | 'topics'
  /** JSON. */
  value: string
  at: number
  by: string
}
