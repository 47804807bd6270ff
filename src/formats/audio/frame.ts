/** The codecs a mount can carry, named as listeners' software names them. */
export type Codec = 'mp3' | 'aac' | 'vorbis' | 'opus' | 'flac'

/**
 * The smallest run of bytes that is passed on whole: one MPEG or ADTS frame, or one Ogg page.
 * `bytes` may be a view into a larger buffer and must never be changed.
 */
export type Frame = {
  bytes: Buffer
  /** Samples per channel this frame lasts (Ogg: granule advance of the page, 0 for header pages). */
  samples: number
  /** Ogg only: this page is part of the header set (BOS page, comments, set-up). */
  header?: true
  /** A decoder can begin here: every MPEG and ADTS frame; an Ogg page that starts with a fresh packet. */
  joinable: boolean
}

/** What one unbroken run of a codec is made of; constant until the stream says otherwise. */
export type AudioFormat = {
  codec: Codec
  /** Samples per second. */
  rate: number
  channels: number
  /** Nominal or running-average kilobits per second, 0 while unknown. */
  kbps: number
}

/**
 * Cuts a byte stream into frames. Pure: bytes in, frames out; bytes that are no frame are skipped and counted.
 * Bounded: it never holds more than 256 KiB of input that has not become a frame.
 */
export type Framer = {
  /** Takes any piece of the stream; returns the frames that became whole. Never throws on bad bytes. */
  push(chunk: Buffer): Frame[]
  /** The format as soon as it is known for sure (two equal consecutive headers; Ogg: all header pages), else null. */
  format(): AudioFormat | null
  /** Ogg: the header pages a joiner must get first, whole; null for codecs without them or until complete. */
  headers(): Buffer | null
  /** Bytes skipped so far because they belong to no frame of this codec. */
  skippedBytes(): number
}
