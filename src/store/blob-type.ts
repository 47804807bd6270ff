/** How many bytes `typeOfBytes` wants to see. */
export const TYPE_BYTES = 64

type Sign = { type: string; at: number; bytes: string }

// Latin-1 text, `.` stands for any byte. Kinds that one wraps in another (RIFF, ISO media) are told by their inner name.
const signs: Sign[] = [
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 8, bytes: 'WEBP' },
  { type: 'image/tiff', at: 0, bytes: 'II*\0' },
  { type: 'image/tiff', at: 0, bytes: 'MM\0*' },
  { type: 'image/avif', at: 4, bytes: 'ftypavif' },
  { type: 'image/heic', at: 4, bytes: 'ftyphei' },
  { type: 'audio/mp4', at: 4, bytes: 'ftypM4A' },
  { type: 'video/mp4', at: 4, bytes: 'ftyp' },
  { type: 'audio/wav', at: 8, bytes: 'WAVE' },
  { type: 'audio/mpeg', at: 0, bytes: 'ID3' },
  { type: 'audio/flac', at: 0, bytes: 'fLaC' },
  { type: 'audio/ogg', at: 0, bytes: 'OggS' },
  { type: 'application/pdf', at: 0, bytes: '%PDF-' },
  { type: 'application/zip', at: 0, bytes: 'PK\x03\x04' },
  { type: 'application/gzip', at: 0, bytes: '\x1f\x8b' },
]

/** The media type a file's first bytes tell. Text of any kind, markup too, is `application/octet-stream`. */
export const typeOfBytes = (head: Uint8Array): string => {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, TYPE_BYTES)).toString('latin1')
  const sign = signs.find(({ at, bytes }) => text.startsWith(bytes, at))
  if (sign) return sign.type
  const [first = 0, second = 0] = head
  // Eleven set bits begin a frame: layer 0 is ADTS (ISO 13818-7 §6.2), the others MPEG audio (ISO 11172-3 §2.4.1.3).
  if (first === 0xff && (second & 0xf6) === 0xf0) return 'audio/aac'
  if (first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0) return 'audio/mpeg'
  return 'application/octet-stream'
}
