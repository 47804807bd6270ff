import type { Airing, Schedule } from '../schedule/schedule.ts'
import type { AirView, MountView } from '../air/air-view.ts'

/** What one public stream carries at one moment: what the schedule promised, and what really comes in. */
export type OnAirStream = {
  view: MountView
  /** The stream's name and label (`Oxbow News`, `90.3 FM`). */
  title: string
  label: string
  now: Airing | null
  next: Airing | null
}

export type OnAirDeps = {
  air: AirView
  schedule: Schedule
  mounts: { path: string; name: string; label: string; public: boolean }[]
}

/** Joins air and schedule. The air says what is heard; the schedule says what it is called. */
export const onAirNow = ({ air, schedule, mounts }: OnAirDeps, at: number): OnAirStream[] => {
  const views = new Map(air.mounts().map((view) => [view.mount, view]))
  return mounts
    .filter((mount) => mount.public && views.has(mount.path))
    .map((mount) => {
      const view = views.get(mount.path)!
      return { view, title: mount.name, label: mount.label, ...schedule.nowAndNext(view.name, at) }
    })
}
