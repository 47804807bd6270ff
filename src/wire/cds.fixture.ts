type Json = Record<string, unknown>

const asset = (type: string, more: Json): Json => ({
  profiles: [{ href: `/v1/profiles/${type}`, rels: ['type'] }],
  ...more,
})

export type StoryOptions = {
  id?: string
  title?: string
  /** ISO instant: the version. */
  modified?: string
  /** Where pictures stand. */
  pictures?: string
  more?: Json
  assets?: Json
}

/** A story as CDS delivers it: three bylines, a lead photo, a restricted one, quotations, a correction, a page elsewhere. */
export const cdsStory = ({
  id = 'lakes-2001',
  title = 'The ferry stops for the winter',
  modified = '2026-03-10T14:05:00Z',
  pictures = 'https://pictures.example',
  more = {},
  assets = {},
}: StoryOptions = {}): string =>
  JSON.stringify({
    resources: [
      {
        id,
        title,
        profiles: [{ href: '/v1/profiles/story', rels: ['type'] }],
        owners: [{ href: 'https://organization.api.npr.org/v4/services/s1' }],
        contributionNotes: 'Distributed by the Lakes News Cooperative.',
        publishDateTime: '2026-03-10T14:05:00Z',
        editorialLastModifiedDateTime: modified,
        webPages: [{ href: `https://lakesnews.example/${id}`, rels: ['canonical'] }],
        subtitle: 'The last boat leaves on Friday',
        bylines: ['as-by1', 'as-by2', 'as-by3'].map((one) => ({ href: `#/assets/${one}` })),
        layout: ['as-photo', 'as-text1', 'as-quote', 'as-secret', 'as-text2'].map((one) => ({
          href: `#/assets/${one}`,
        })),
        images: [{ href: '#/assets/as-photo', rels: ['primary'] }, { href: '#/assets/as-secret' }],
        corrections: [{ href: '#/assets/as-corr' }],
        assets: {
          'as-by1': asset('byline', { id: 'as-by1', name: 'Dana Whitfield' }),
          'as-by2': asset('reference-byline', {
            id: 'as-by2',
            bylineDocuments: [{ href: '/v1/documents/lakes-bio-7' }],
          }),
          'as-by3': asset('byline', { id: 'as-by3', name: 'José Núñez' }),
          'as-photo': asset('image', {
            id: 'as-photo',
            caption: 'The Amery Star at her pier.',
            producer: 'Jordan Lee',
            provider: 'Lakes News',
            altText: 'A white ferry at a stone pier.',
            enclosures: [
              {
                href: `${pictures}/ferry.png`,
                rels: ['image-standard', 'primary'],
                type: 'image/png',
                width: 4,
                height: 3,
              },
            ],
          }),
          'as-secret': asset('image', {
            id: 'as-secret',
            caption: 'A picture nobody may see.',
            producer: 'Nobody',
            isRestrictedToAuthorizedOrgServiceIds: true,
            enclosures: [{ href: `${pictures}/secret.png`, rels: ['image-standard'], type: 'image/png' }],
          }),
          'as-text1': asset('text', { id: 'as-text1', text: 'The ferry <em>stops</em>.' }),
          'as-quote': asset('pull-quote', {
            id: 'as-quote',
            quote: 'We will be back.',
            attributionParty: 'Captain Ruiz',
          }),
          'as-text2': asset('text', { id: 'as-text2', text: '<blockquote>It was a good year.</blockquote>' }),
          'as-corr': asset('correction', {
            id: 'as-corr',
            text: 'An earlier version named the wrong pier.',
            dateTime: '2026-03-10T15:00:00Z',
          }),
          ...assets,
        },
        ...more,
      },
      {
        id: 'lakes-bio-7',
        title: 'Ines Haldorsen',
        profiles: [{ href: '/v1/profiles/biography', rels: ['type'] }],
        webPages: [{ href: 'https://lakesnews.example/people/ines', rels: ['canonical'] }],
      },
    ],
  })

/** CDS tells of a deletion so. */
export const cdsDeletion = (id = 'lakes-2001'): string =>
  JSON.stringify({
    type: 'document.deleted',
    documentId: id,
    documentUrl: `https://content.example/v1/documents/${id}`,
  })
