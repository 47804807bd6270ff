import type { Prose } from './prose.ts'

/**
 * One version of one piece, whatever wire it came by: the shape every parser of formats/news gives and intake reads.
 * Key is (provider, itemId); version is apart from it. All texts are plain unless a field says otherwise; '' means
 * that the source tells nothing. All times are ISO 8601 in UTC with milliseconds; the text as received is in the
 * inbox. What may not be shown (a restricted photo, a premium sound) is not in here at all: only `restricted` says
 * that there was something.
 *
 * In brackets the fields a value comes from: CDS = NPR Content Distribution Service, AP = AP Media API,
 * G2 = NewsML-G2 2.35, NITF = NITF 3.6, ninjs = ninjs 3.
 */
export type NewsItem = {
  /** Name of the wire, as the station set it up: with `itemId` the identity. */
  provider: string
  /** [CDS id · AP altids.itemid · G2 @guid · NITF doc-id@id-string · ninjs uri] */
  itemId: string
  /**
   * Larger is newer; may have gaps and arrives in any order. Null when the provider tells of a deletion: of every
   * version. [CDS editorialLastModifiedDateTime in ms · AP version · G2 @version · NITF du-key@version · ninjs version]
   */
  version: number | null
  /** [CDS type profile · AP type · G2 itemClass · ninjs type] */
  type: 'text' | 'audio' | 'picture' | 'video' | 'graphic' | 'composite'
  /** The source's own word for its kind, for routing: `story`, `podcast-episode`, `newscast`. */
  kind: string
  /** [AP, G2, ninjs pubstatus · NITF @management-status · CDS: a deletion is canceled] */
  pubstatus: 'usable' | 'withheld' | 'canceled'
  /** Not before this; `open` has no end but a later version. [AP embargoed · G2 embargoed · NITF date.release] */
  embargoUntil: string | null
  /** Not after this. [CDS newscast expirationDateTime · NITF date.expire · G2 expires] */
  expires: string | null
  /** First publication. [CDS publishDateTime · AP firstcreated · NITF date.issue · ninjs firstcreated] */
  published: string | null
  /** What readers are shown as "Updated". [CDS editorialMajorUpdateDateTime · ninjs contentmodified] */
  updated: string | null
  /** Last change of any kind. [CDS editorialLastModifiedDateTime · AP, G2, ninjs versioncreated] */
  modified: string | null
  /** [CDS title · AP, G2, ninjs headline · NITF hl1] */
  headline: string
  /** Sentence under the headline. [CDS subtitle, else teaser · AP headline_extended · NITF hl2] */
  dek: string
  /** What a card says of it. [CDS shortTeaser, else teaser · AP, G2, ninjs description · NITF abstract] */
  teaser: string
  /** Working label on the desk. [AP, G2, ninjs slugline · NITF fixture / key-list] */
  slugline: string
  bylines: NewsByline[]
  /** [AP datelinelocation · G2 located · NITF dateline]; CDS has none, its text begins with it. */
  dateline: string
  /** Sections, topics, series, programs; the first of a role is the primary one. [CDS collections · subject everywhere else] */
  topics: NewsTopic[]
  /** The lead photo is not among the blocks, nor is the main audio: a page shows each once. */
  body: Prose[]
  photos: NewsPhoto[]
  /** Id of the photo to lead with. [CDS images[] rel primary] */
  lead: string | null
  audio: NewsAudio[]
  /** Id of the sound of the whole piece. [CDS audio[] rel primary] */
  mainAudio: string | null
  /** Newest first. [CDS corrections · ninjs trustindicators · AP ednote] */
  corrections: NewsCorrection[]
  /** Notes of the source's editors that go with the text, newest first. [CDS has-notes] */
  editorNotes: NewsCorrection[]
  related: NewsRelated[]
  /** Where the piece is at home; our page points there. [CDS webPages rel canonical · G2 altId · JSON-LD mainEntityOfPage] */
  canonicalUrl: string | null
  /** The source asks search engines to stay away. [CDS robotsNoIndex] */
  noIndex: boolean
  /** Organisations that own it, first one first. [CDS owners · G2 rightsInfo/copyrightHolder · ninjs copyrightholder] */
  owner: string
  copyright: NewsCopyright
  /** The agency's own line, shown beneath the copyright line. [CDS contributionNotes, brandings · AP copyrightnotice] */
  agency: string
  rights: NewsRights
  /** What was left out because it may not be shown. */
  restricted: { id: string; what: string; reason: string }[]
  /** What was not understood, skipped or mended, and where (RFC 6901 pointer into the message). */
  notes: NewsNote[]
}

export type NewsByline = {
  name: string
  /** `Reporter`, `Host`. [AP, G2, NITF byttl] */
  role: string
  /** Id of the biography at the same provider, and its page. [CDS reference-byline, bylineDocuments] */
  biography: string | null
  url: string | null
}

export type NewsTopic = {
  /** [CDS document id · G2 qcode] */
  id: string
  /** `topic`, `series`, `program`, `category` … [CDS rel] */
  role: string
  /** '' while it is not known. */
  name: string
}

export type NewsPhoto = {
  /** Unique within the item; blocks name it. [CDS asset id] */
  id: string
  /** [CDS caption · AP description_caption · NITF media-caption] */
  caption: string
  /** [CDS producer · AP photographer · NITF media-producer · ninjs by] */
  photographer: string
  /** [CDS provider · AP description_creditline · ninjs infosources] */
  agency: string
  agencyUrl: string | null
  /** [AP, G2 copyrightnotice]; CDS has none. */
  copyright: string
  /** [CDS altText · G2 altText] */
  alt: string
  title: string
  crops: NewsCrop[]
  /** Terms the source states without forbidding use here. [AP usageterms, G2 usageTerms] */
  terms: string
}

export type NewsCrop = {
  url: string
  /** `standard`, `square`, `wide`, `vertical`, `enlargement` … or ''. [CDS rel image-…, AP rendition] */
  shape: string
  /** Pixels; null when not told. */
  width: number | null
  height: number | null
  /** With `{width}`, `{quality}` (1–100) and `{format}` (`jpg`, `png`). [CDS hrefTemplate, RFC 6570] */
  template: string | null
  /** The one the source prefers. Several may be marked. [CDS rel primary] */
  primary: boolean
}

export type NewsAudio = {
  id: string
  title: string
  url: string
  /** Media type, such as `audio/mpeg`, or ''. */
  mediaType: string
  /** Bytes. */
  bytes: number | null
  /** Seconds. */
  duration: number | null
  /** Whether the reader may be offered the file itself. [CDS isDownloadable] */
  downloadable: boolean
  /** Its text when it is at hand, paragraphs apart by an empty line. */
  transcript: { itemId: string | null; url: string | null; text: string }
  /** As for photos. */
  terms: string
}

export type NewsCorrection = { at: string; title: string; text: string }

export type NewsRelated = {
  /** `related`, `equivalent`, `next`, `previous`, `promotional`, `part`. [CDS relatedItems, items, promo-card · G2 link@rel] */
  role: string
  title: string
  url: string | null
  /** Id at the same provider. */
  itemId: string | null
}

export type NewsCopyright = { /** Of first publication. */ year: number | null; owner: string }

export type NewsRights = {
  /** Why it must not be published, indexed or linked here; null when it may. [CDS isRestrictedToAuthorizedOrgServiceIds] */
  restriction: string | null
  /** [AP usageterms · G2 usageTerms · ninjs usageterms · NITF doc.rights] */
  terms: string
}

export type NewsNote = { pointer: string; text: string }

/** `Copyright 2026 Northern Desk. To see more, visit https://…`: stands under every piece of others. An owner whose name is not known is told by the place of the page. */
export const copyrightLine = ({ copyright, canonicalUrl }: Pick<NewsItem, 'copyright' | 'canonicalUrl'>): string => {
  const owner = copyright.owner || (canonicalUrl ? new URL(canonicalUrl).host : '')
  const holder = ['Copyright', copyright.year, owner].filter(Boolean).join(' ')
  return canonicalUrl ? `${holder}. To see more, visit ${canonicalUrl}` : `${holder}.`
}

/** An item of which nothing is known but its key: what a deletion gives, and what parsers fill. */
export const emptyItem = (key: Pick<NewsItem, 'provider' | 'itemId' | 'version' | 'pubstatus'>): NewsItem => ({
  ...key,
  type: 'text',
  kind: '',
  embargoUntil: null,
  expires: null,
  published: null,
  updated: null,
  modified: null,
  headline: '',
  dek: '',
  teaser: '',
  slugline: '',
  bylines: [],
  dateline: '',
  topics: [],
  body: [],
  photos: [],
  lead: null,
  audio: [],
  mainAudio: null,
  corrections: [],
  editorNotes: [],
  related: [],
  canonicalUrl: null,
  noIndex: false,
  owner: '',
  copyright: { year: null, owner: '' },
  agency: '',
  rights: { restriction: null, terms: '' },
  restricted: [],
  notes: [],
})
