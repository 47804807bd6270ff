/** Why a moment could not be read is the caller's to say: it knows the field. */
const form =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/**
 * A moment as wires write it → ISO 8601 in UTC with milliseconds, or null. Takes RFC 3339, ISO basic form, offsets
 * without a colon and the leap second `:60` (RFC 3339 §5.7), which becomes the next minute. `zone` is the offset, such
 * as `-05:00`, of moments that name none.
 */
export const readInstant = (value: unknown, zone = 'Z'): string | null => {
  if (typeof value !== 'string') return null
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = zone] =
    form.exec(value.trim()) ?? []
  if (!year || !month || !day) return null
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 23 || m > 59 || s > 60) return null
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Date.UTC makes 31 February the third of March.
  if (new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}` || Number(year) < 1000) return null
  const shift = offsetMinutes(offset)
  if (shift === null) return null
  const time = date + ((h * 60 + m - shift) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  const at = new Date(time)
  return Number.isNaN(time) ? null : at.toISOString()
}

const offsetMinutes = (offset: string): number | null => {
  if (/^z$/i.test(offset)) return 0
  const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? []
  if (!sign || Number(hours) > 23 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
