import { crc32 } from 'node:zlib'

/** One archived segment: where its frames lie in the hour's audio file, and when they sounded. */
export type SegmentRecord = {
  /** HLS media sequence number, never reused. */
  seq: number
  /** HLS discontinuity sequence number. */
  discontinuity: number
  /** Number of the unbroken run (one source connection, one fallback) on this mount. */
  epoch: number
  /** Number of its first frame within the epoch. */
  firstFrame: number
  frames: number
  /** Samples of the epoch before it. */
  sampleStart: number
  /** Samples per channel in it. */
  samples: number
  /** Wall time of its first sample, milliseconds since the Unix epoch. */
  wallMs: number
  /** Where it begins in the audio file. */
  byteOffset: number
  byteLength: number
  /** CRC-32 of its bytes. */
  dataCrc: number
  /** It begins a run: nothing before it joins on. */
  startsRun: boolean
}

/** Every record takes this many bytes, so that the n-th is found by counting. */
export const RECORD_BYTES = 80

// Big-endian: magic u32, version u16, flags u16, then the fields in the order of `encodeRecord`, 8 bytes kept free
// (zero), and last the CRC-32 of all before it.
const MAGIC = 0x47575347
const VERSION = 1
const STARTS_RUN = 1
const CRC_AT = RECORD_BYTES - 4

export const encodeRecord = (record: SegmentRecord): Buffer => {
  const bytes = Buffer.alloc(RECORD_BYTES)
  bytes.writeUInt32BE(MAGIC, 0)
  bytes.writeUInt16BE(VERSION, 4)
  bytes.writeUInt16BE(record.startsRun ? STARTS_RUN : 0, 6)
  bytes.writeUInt32BE(record.seq, 8)
  bytes.writeUInt32BE(record.discontinuity, 12)
  bytes.writeUInt32BE(record.epoch, 16)
  bytes.writeUInt32BE(record.frames, 20)
  bytes.writeUInt32BE(record.samples, 24)
  bytes.writeUInt32BE(record.byteLength, 28)
  bytes.writeUInt32BE(record.dataCrc, 32)
  bytes.writeBigUInt64BE(BigInt(record.firstFrame), 36)
  bytes.writeBigUInt64BE(BigInt(record.sampleStart), 44)
  bytes.writeBigUInt64BE(BigInt(record.byteOffset), 52)
  bytes.writeDoubleBE(record.wallMs, 60)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, CRC_AT)), CRC_AT)
  return bytes
}

/** The record at `offset`; null if it is cut off or damaged. Throws for a sound record of a version we do not know. */
export const decodeRecord = (bytes: Buffer, offset = 0): SegmentRecord | null => {
  const record = bytes.subarray(offset, offset + RECORD_BYTES)
  if (record.length < RECORD_BYTES || record.readUInt32BE(0) !== MAGIC) return null
  if (record.readUInt32BE(CRC_AT) !== crc32(record.subarray(0, CRC_AT))) return null
  const version = record.readUInt16BE(4)
  // Not null: a caller mends damage by cutting the file off there.
  if (version !== VERSION)
    throw new Error(`This archive index is of version ${version}; this Groundwave reads ${VERSION}.`)
  return {
    startsRun: (record.readUInt16BE(6) & STARTS_RUN) !== 0,
    seq: record.readUInt32BE(8),
    discontinuity: record.readUInt32BE(12),
    epoch: record.readUInt32BE(16),
    frames: record.readUInt32BE(20),
    samples: record.readUInt32BE(24),
    byteLength: record.readUInt32BE(28),
    dataCrc: record.readUInt32BE(32),
    firstFrame: Number(record.readBigUInt64BE(36)),
    sampleStart: Number(record.readBigUInt64BE(44)),
    byteOffset: Number(record.readBigUInt64BE(52)),
    wallMs: record.readDoubleBE(60),
  }
}
