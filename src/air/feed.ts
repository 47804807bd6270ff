import type { Epoch, AirFrame } from './epoch.ts'

/** An epoch as its producer knows it; the mount that takes it gives it a number. */
export type Run = Omit<Epoch, 'number'>

/** Takes runs of frames from whatever produces them: an encoder, another mount, a file, silence. */
export type Sink = {
  /** A new run starts: nothing of the last one will follow. */
  begin(run: Run): void
  /** Frames of the present run, in order. */
  frames(frames: AirFrame[]): void
  /** The present title of what is sent, or null. */
  title(title: string | null): void
  /** The run is over; nothing replaces it yet. */
  end(reason: string): void
}

/** Something that can feed a mount when it is chosen. */
export type Feeder = {
  kind: Run['feed']
  /** Worth choosing at this moment. */
  ready(now: number): boolean
  /** Begins to send to `sink`: at once, with what came since `from` (ms) where it has that. */
  attach(sink: Sink, from: number): void
  detach(): void
  /** Called each tick while attached, for feeders that make their own frames. */
  tick(now: number): void
}
