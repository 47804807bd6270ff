/** Big-endian unsigned integers, the only kind MP4 has. */
export const u8 = (...values: number[]): Buffer => Buffer.from(values)

export const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2))
  return bytes
}

export const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4))
  return bytes
}

export const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** Text with the NUL that ends it. */
export const cString = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf8')

/** A box (ISO/IEC 14496-12 §4.2): size, four-letter type, contents. */
export const box = (type: string, ...contents: Buffer[]): Buffer => {
  const size = 8 + contents.reduce((total, { length }) => total + length, 0)
  return Buffer.concat([u32(size), Buffer.from(type, 'latin1'), ...contents], size)
}

/** A box with version and flags before its contents. */
export const fullBox = (type: string, version: number, flags: number, ...contents: Buffer[]): Buffer =>
  box(type, u32((version << 24) | flags), ...contents)
