/**
 * Every error a person can meet, with its code, HTTP status, sentence and the way to mend it.
 * docs/errors.md lists the same; a test keeps the two equal.
 */
export const errorRegistry = {
  CONFIG_MISSING: {
    status: 500,
    message: 'There is no station in this folder.',
    hint: 'Make one with `groundwave init DIR`.',
  },
  CONFIG_INVALID: {
    status: 500,
    message: 'groundwave.yaml has a problem.',
    hint: 'Mend the line named; groundwave.example.yaml explains every key.',
  },
  PORT_TAKEN: {
    status: 500,
    message: 'The port is in use by another program.',
    hint: 'Stop that program, or choose another port in groundwave.yaml or by GROUNDWAVE_HOUSE_PORT / GROUNDWAVE_AIR_PORT.',
  },
  FOLDER_NOT_EMPTY: {
    status: 500,
    message: 'There is a station in this folder already.',
    hint: 'Choose another folder; nothing was changed.',
  },
  USAGE: {
    status: 500,
    message: 'That is not a command Groundwave knows.',
    hint: 'Run `groundwave help` for the list.',
  },
  MOUNT_UNKNOWN: {
    status: 404,
    message: 'There is no stream at this address.',
    hint: 'Check the mount in the encoder or player; /status-json.xsl lists them.',
  },
  MOUNT_OFF: {
    status: 404,
    message: 'This stream is not on the air.',
    hint: 'It comes back when its source connects.',
  },
  MOUNT_IN_USE: {
    status: 403,
    message: 'Mountpoint in use',
    hint: 'Another source is sending to this mount; stop it first, or wait until it is seen as stalled (2 s).',
  },
  SOURCE_UNAUTHORIZED: {
    status: 401,
    message: 'You need to authenticate',
    hint: 'Use the source user and password of this mount in groundwave.yaml.',
  },
  SOURCE_LOCKED_OUT: {
    status: 403,
    message: 'Too many wrong passwords from this address.',
    hint: 'Wait a minute, then try with the right password.',
  },
  CONTENT_TYPE_MISSING: {
    status: 403,
    message: 'No Content-type given',
    hint: 'Set the encoder to MP3, AAC or Ogg, so that it names its type.',
  },
  CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    message: 'This content type is not supported.',
    hint: 'Send MP3, AAC (ADTS), or Ogg with Vorbis, Opus or FLAC, as the mount is configured.',
  },
  HEADER_TOO_LARGE: {
    status: 431,
    message: 'The request header is larger than 16 KiB.',
    hint: 'Send shorter headers.',
  },
  BAD_REQUEST: { status: 400, message: 'This request cannot be read.', hint: 'Check the address and the parameters.' },
  PAGE_NOT_FOUND: {
    status: 404,
    message: 'There is no page at this address.',
    hint: 'Check the address, or start at the front page.',
  },
  BROWSER_FILES_MISSING: {
    status: 500,
    message: 'The files that browsers need have not been built.',
    hint: 'In a checkout, start with `npm start` or `npm run groundwave -- serve DIR`, which builds them.',
  },
  DATABASE_UNREACHABLE: {
    status: 503,
    message: 'The database does not answer.',
    hint: 'See whether PostgreSQL runs and whether GROUNDWAVE_DATABASE names it rightly; what was saved is safe.',
  },
  DATABASE_UNKNOWN: {
    status: 500,
    message: 'That is not a database Groundwave can use.',
    hint: 'Leave GROUNDWAVE_DATABASE empty for SQLite, or give it an address such as postgres://user:password@host/name.',
  },
  DATABASE_NEWER: {
    status: 500,
    message: 'The database was written by a newer Groundwave.',
    hint: 'Use that version, or restore a backup from before the update; nothing was changed.',
  },
  HOUSE_RUNNING: {
    status: 500,
    message: 'A house of this station is running already.',
    hint: 'Stop that one first. Several at a time need PostgreSQL: see docs/operations/several-houses.md.',
  },
  HOUSE_OUT_OF_TOUCH: {
    status: 503,
    message: 'This house is out of touch with the station’s database.',
    hint: 'Ask again in a few seconds; until then it shows no stories, because one of them may have been recalled.',
  },
  DATABASE_NOT_EMPTY: {
    status: 500,
    message: 'There is a station in this database already.',
    hint: 'Restore into an empty database; nothing was changed.',
  },
  BACKUP_EXISTS: {
    status: 500,
    message: 'There is a file of this name already.',
    hint: 'Give the backup another name; nothing was overwritten.',
  },
  BACKUP_DAMAGED: {
    status: 500,
    message: 'This backup is not whole.',
    hint: 'Fetch the file again, or use an older backup; nothing was restored.',
  },
  BACKUP_NEWER: {
    status: 500,
    message: 'This backup was made by a newer Groundwave.',
    hint: 'Restore it with that version or a newer one; nothing was restored.',
  },
  FETCH_REFUSED: {
    status: 502,
    message: 'This address is not fetched.',
    hint: 'Only public web addresses are; GROUNDWAVE_FETCH_ALLOW names exceptions as host:port.',
  },
  FETCH_FAILED: {
    status: 502,
    message: 'The other server did not give it.',
    hint: 'It is tried again by itself.',
  },
  WIRE_UNKNOWN: {
    status: 404,
    message: 'There is no wire of this name.',
    hint: 'See `wire` in groundwave.yaml for the names there are.',
  },
  WIRE_ITEM_UNKNOWN: {
    status: 404,
    message: 'There is no such item on the wire.',
    hint: 'Its source may have been taken out of groundwave.yaml; the list shows what there is.',
  },
  WIRE_NOT_OURS: {
    status: 409,
    message: 'This item may not be taken.',
    hint: 'Its source has withdrawn or closed it, or it was killed here.',
  },
  WIRE_DECIDED: {
    status: 409,
    message: 'Somebody has decided about this update already, or a later one has come.',
    hint: 'Look at the story again.',
  },
  WIRE_RULE_WRONG: {
    status: 422,
    message: 'This rule cannot be used.',
    hint: 'Choose a section the station has, and write a span such as 30d.',
  },
  TOKEN_WRONG: {
    status: 401,
    message: 'The token is missing or wrong.',
    hint: 'Send it as `Authorization: Bearer …`.',
  },
  TOO_LARGE: {
    status: 413,
    message: 'This is more than is taken at once.',
    hint: 'A wire takes 4 MB at a time, the photo library 40 MB; send several messages, or a smaller photo.',
  },
  PHOTO_UNKNOWN: {
    status: 404,
    message: 'There is no such photo.',
    hint: 'Look for it in the photo library; somebody may have deleted it.',
  },
  PHOTO_KIND: {
    status: 415,
    message: 'This file is not a photo that can be shown.',
    hint: 'JPEG, PNG, WebP, GIF, AVIF and TIFF can. Save a drawing (SVG) or an HEIC photo as JPEG first.',
  },
  PHOTO_TOO_LARGE: {
    status: 413,
    message: 'This photo has too many pixels.',
    hint: 'Make it smaller: 100 million are taken, and pages show 1,920 across.',
  },
  PHOTO_BROKEN: {
    status: 422,
    message: 'This file cannot be read to its end.',
    hint: 'Fetch it again from the camera, or ask for it once more.',
  },
  PHOTO_CHANGED: {
    status: 409,
    message: 'Somebody else has changed this photo meanwhile.',
    hint: 'See what they wrote; then save what is still to be changed.',
  },
  PHOTO_IN_USE: {
    status: 409,
    message: 'A story uses this photo.',
    hint: 'Take it out of the stories named first; then it can be deleted.',
  },
  UPLOAD_UNKNOWN: {
    status: 404,
    message: 'Nothing is left of this upload.',
    hint: 'Begin it again; what is not gone on with is kept for a day.',
  },
  UPLOAD_ELSEWHERE: {
    status: 409,
    message: 'The upload stands at another place.',
    hint: 'Ask where it stands and go on from there.',
  },
  UPLOADS_FULL: {
    status: 429,
    message: 'There are too many unfinished uploads.',
    hint: 'Finish those that have begun, or give them up.',
  },
  SOUND_KIND: {
    status: 415,
    message: 'This is no sound that browsers play.',
    hint: 'Send MP3, AAC, Ogg or M4A. Any audio program makes one of a WAV or FLAC file.',
  },
  SOUND_TOO_LARGE: {
    status: 413,
    message: 'This sound is larger than 256 MB.',
    hint: 'Send it at a lower bit rate: three hours of speech fit easily.',
  },
  STORY_UNKNOWN: {
    status: 404,
    message: 'There is no such story.',
    hint: 'Check its id; the desk lists all there are.',
  },
  STORY_NOT_KILLED: {
    status: 404,
    message: 'This story has not been killed.',
    hint: 'There is a proof only of what was killed; the desk says what became of each story.',
  },
  STORY_KILLED: {
    status: 409,
    message: 'This story has been killed.',
    hint: 'A killed story does not come back; write a new one.',
  },
  PEN_TAKEN: {
    status: 409,
    message: 'Somebody else is writing at this story.',
    hint: 'Wait until they are done, or take over; their text is kept.',
  },
  STORY_MOVED_ON: {
    status: 409,
    message: 'The story has changed since you began.',
    hint: 'Look at the difference, then keep yours or theirs; both are in Versions.',
  },
  DRAFT_UNREADABLE: {
    status: 422,
    message: 'This text cannot become a version.',
    hint: 'Mend the place named; what was typed is kept as it is.',
  },
  VERSION_UNKNOWN: {
    status: 404,
    message: 'There is no such version.',
    hint: 'Look at the list of the story’s versions.',
  },
  STORY_NOT_READY: {
    status: 409,
    message: 'Something is missing before this can be public.',
    hint: 'The story’s page lists what, why, and the way to mend it.',
  },
  SETTING_CHANGED: {
    status: 409,
    message: 'Somebody else has changed this meanwhile.',
    hint: 'Below it stands as it is now; do it again if you still want it.',
  },
  SECTION_TAKEN: {
    status: 409,
    message: 'There is a section of this name, or another page at its address.',
    hint: 'Choose another name.',
  },
  SECTION_IN_USE: {
    status: 409,
    message: 'There are stories in this section, or it is the last one.',
    hint: 'Give its stories another section first.',
  },
  SIGN_IN_NEEDED: {
    status: 401,
    message: 'You are not signed in, or not any more.',
    hint: 'Sign in again; what is not saved stays in the browser.',
  },
  CROSS_SITE: {
    status: 403,
    message: 'This did not come from a page of the studio.',
    hint: 'Open the studio and do it there; nothing was changed.',
  },
  SEARCH_SLOW: {
    status: 503,
    message: 'The search takes too long just now.',
    hint: 'Try again in a moment, with rarer words or a section.',
  },
  STORY_UNREADABLE: {
    status: 503,
    message: 'The database does not give this story out just now.',
    hint: 'Try again in a moment; the lists and the latest pages are served from memory meanwhile.',
  },
  STORY_WITHDRAWN: {
    status: 410,
    message: 'This story has been withdrawn.',
    hint: 'Take it out wherever you show it; it does not come back.',
  },
  SIGN_IN_WRONG: {
    status: 401,
    message: 'That name and password do not belong together.',
    hint: 'Look at both again; an admin can send you a link for a new password.',
  },
  SIGN_IN_LOCKED: {
    status: 429,
    message: 'There were too many wrong passwords.',
    hint: 'Wait that long, or ask an admin for a link for a new password.',
  },
  SIGN_IN_SUSPENDED: {
    status: 403,
    message: 'This account is closed.',
    hint: 'Ask an admin of the station to open it.',
  },
  LINK_DEAD: {
    status: 410,
    message: 'This link has been used, or is too old.',
    hint: 'Ask an admin of the station for a new one.',
  },
  PASSWORD_WEAK: {
    status: 400,
    message: 'That password will not do.',
    hint: 'Four or five words in a row are easy to remember and hard to guess.',
  },
  PASSWORD_WRONG: {
    status: 403,
    message: 'That is not your password of today.',
    hint: 'Type the one you sign in with; an admin can send you a link for a new one.',
  },
  EMAIL_INVALID: {
    status: 400,
    message: 'That is not an e-mail address.',
    hint: 'It looks like name@station.example.',
  },
  EMAIL_TAKEN: {
    status: 409,
    message: 'Somebody with this e-mail address has an account already.',
    hint: 'Look for it in the list of people.',
  },
  NAME_MISSING: {
    status: 400,
    message: 'There is no name.',
    hint: 'Write the name that others should see.',
  },
  ROLE_UNKNOWN: {
    status: 400,
    message: 'There is no such role.',
    hint: 'Choose admin, editor, reporter, host or engineer.',
  },
  ACCOUNT_UNKNOWN: {
    status: 404,
    message: 'Nobody of this name has an account here.',
    hint: 'Look at the list of people, or at `groundwave user list`.',
  },
  LAST_ADMIN: {
    status: 409,
    message: 'The station needs an admin.',
    hint: 'Make somebody else an admin first.',
  },
  NOT_ALLOWED: {
    status: 403,
    message: 'Your role may not do this.',
    hint: 'Ask an editor or an admin of the station.',
  },
  INTERNAL: {
    status: 500,
    message: 'Something broke on our side.',
    hint: 'The radio plays on. The log names the cause.',
  },
} as const

export type ErrorCode = keyof typeof errorRegistry

/** An error from the registry, with the particulars of this case in `detail`. */
export class GroundwaveError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly hint: string
  readonly detail: string | undefined

  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    const entry = errorRegistry[code]
    super(detail ? `${entry.message} ${detail}` : entry.message, options)
    this.name = 'GroundwaveError'
    this.code = code
    this.status = entry.status
    this.hint = entry.hint
    this.detail = detail
  }
}
