import { GroundwaveError } from '../base/errors.ts'

/** What names an account: trimmed, in small letters. */
export const normalEmail = (text: string): string => text.trim().normalize('NFC').toLowerCase()

/** Throws EMAIL_INVALID. Whether mail arrives there nobody can tell from looking; this only catches slips. */
export const checkedEmail = (text: string): string => {
  const email = normalEmail(text)
  if (email.length > 254 || !/^[^\s@<>"',;:()]+@[^\s@<>"',;:()]+$/.test(email))
    throw new GroundwaveError('EMAIL_INVALID')
  return email
}

/** Throws NAME_MISSING. */
export const checkedName = (text: string): string => {
  const name = text.trim().replace(/\s+/g, ' ').slice(0, 120)
  if (!name) throw new GroundwaveError('NAME_MISSING')
  return name
}
