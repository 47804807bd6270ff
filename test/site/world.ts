import { configSchema, type StationConfig } from '../../src/config/schema.ts'
import type { Block, Story } from '../../src/newsroom/newsroom.ts'

/** Thursday, March 12, 2026, 4:42:16 pm in the station's zone. */
export const THURSDAY = Date.parse('2026-03-12T16:42:16-04:00')

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri']
const daily = [...weekdays, 'sat', 'sun']
const airing = (days: string[], times: string, program: string, episode?: string) => {
  const [start, end] = times.split('-')
  return { days, start, end, program, ...(episode && { episode }) }
}

const source = { password: 'secret' }
const program = (name: string, host = '', more: object = {}) => ({ name, host, ...more })
const music = { kind: 'music' }

export const worldConfig: StationConfig = configSchema.parse({
  station: {
    name: 'Oxbow Public Radio',
    line: 'Your source for news and music along the Merrow',
    about: 'Owned by the listeners of Merrow, Harl and Upper Tamsin counties.',
    address: '14 Calder Street, Tamsin Falls',
    newsroom: '555-0142',
    phone: '555-0190',
    zone: 'America/New_York',
    give: 'https://oxbow.example/give',
  },
  mounts: [
    { path: '/news.mp3', name: 'Oxbow News', label: '90.3 FM', source },
    { path: '/music.mp3', name: 'Oxbow Music', label: '91.7 FM', source },
    { path: '/classical.mp3', name: 'Oxbow Classical', label: '90.3 HD2', source },
  ],
  sections: [
    { id: 'news', name: 'News' },
    { id: 'merrow-county', name: 'Merrow County' },
    { id: 'statehouse', name: 'Statehouse' },
    { id: 'music', name: 'Music' },
    { id: 'classical', name: 'Classical' },
  ],
  programs: {
    'first-light': program('First Light', 'Sam Tillery', { summary: 'Weather and river at :50' }),
    'long-table': program('The Long Table', '', { summary: 'One hour, one question; then yours' }),
    'world-desk': program('World Desk', '', { replay: false, summary: 'From the Lakes News Cooperative' }),
    'noon-report': program('The Noon Report', 'Ruth Vantongeren'),
    'kitchen-chemistry': program('Kitchen Chemistry'),
    'way-home': program('The Way Home', 'Mina Castellane', { picture: 'mina.svg' }),
    'county-line': program('County Line', 'Ruth Vantongeren', {
      picture: 'freight.svg',
      summary: 'Each week one thing that happened within fifty miles, told from the beginning.',
    }),
    'night-freight': program('Night Freight', 'Desmond Yarrow', {
      ...music,
      picture: 'desmond.svg',
      summary: 'Railroad songs, new and old',
    }),
    'listening-room': program('The Listening Room', 'Odile Fanshaw', {
      ...music,
      summary: 'Hollis Quay Players in concert',
    }),
    'small-hours': program('Small Hours', '', music),
    'open-water': program('Open Water', 'Desmond Yarrow', { ...music, picture: 'desmond.svg' }),
    'dawn-chorus': program('Dawn Chorus', '', music),
    plainsong: program('Plainsong', '', music),
    'tool-shed': program('The Tool Shed', '', { summary: 'Call-in' }),
    'letters-page': program('Letters Page'),
    'sunday-brass': program('Sunday Brass', '', music),
    'week-in-merrow': program('The Week in Merrow'),
    bench: program('The Bench', '', { summary: 'Science' }),
    ledger: program('Ledger', '', { summary: 'Work and money' }),
    'second-reading': program('Second Reading', '', { summary: 'Books' }),
    'statehouse-live': program('Statehouse Live'),
    'saturday-matinee': program('Saturday Matinee', '', { ...music, summary: 'Opera, complete' }),
    'long-player': program('Long Player', '', { ...music, summary: 'Whole albums' }),
    'half-past': program('Half Past'),
    'weekend-way-home': program('The Weekend Way Home'),
  },
  schedule: {
    news: [
      airing(daily, '00:00-06:00', 'small-hours'),
      airing(['mon', 'tue', 'wed', 'fri'], '06:00-09:00', 'first-light'),
      airing(['thu'], '06:00-09:00', 'first-light', 'The dam keepers who sleep in shifts'),
      airing(['sat'], '06:00-08:00', 'dawn-chorus'),
      airing(['sun'], '06:00-08:00', 'plainsong'),
      airing(['sat'], '08:00-10:00', 'tool-shed'),
      airing(['sun'], '08:00-10:00', 'letters-page'),
      airing(['mon', 'tue', 'wed', 'fri'], '09:00-11:00', 'long-table'),
      airing(['thu'], '09:00-11:00', 'long-table', 'Who owns a river at night? With your calls.'),
      airing(['sat'], '10:00-11:00', 'kitchen-chemistry', 'repeat'),
      airing(['sun'], '10:00-12:00', 'sunday-brass'),
      airing(weekdays, '11:00-12:00', 'world-desk'),
      airing(['sat'], '11:00-12:00', 'county-line', 'repeat'),
      airing(['mon', 'tue', 'wed', 'fri'], '12:00-14:00', 'noon-report'),
      airing(['thu'], '12:00-14:00', 'noon-report', 'Markets, rain, and the Saturday bus'),
      airing(['sat'], '12:00-14:00', 'open-water'),
      airing(['sun'], '12:00-14:00', 'week-in-merrow'),
      airing(['mon'], '14:00-16:00', 'bench'),
      airing(['tue'], '14:00-16:00', 'ledger'),
      airing(['wed'], '14:00-16:00', 'second-reading'),
      airing(['thu'], '14:00-16:00', 'kitchen-chemistry', 'How salt remembers'),
      airing(['fri'], '14:00-16:00', 'statehouse-live'),
      airing(['sat'], '14:00-18:30', 'saturday-matinee'),
      airing(['sun'], '14:00-18:30', 'long-player'),
      airing(['mon', 'tue', 'wed', 'fri'], '16:00-18:30', 'way-home'),
      airing(['thu'], '16:00-18:30', 'way-home', 'The bridge, live from both banks'),
      airing(['mon'], '18:30-19:00', 'bench', 'repeat'),
      airing(['tue'], '18:30-19:00', 'ledger', 'repeat'),
      airing(['wed', 'fri'], '18:30-19:00', 'half-past'),
      airing(['thu'], '18:30-19:00', 'county-line', 'The year the river kept the piano'),
      airing(['sat', 'sun'], '18:30-19:00', 'weekend-way-home'),
      airing(daily, '19:00-21:00', 'night-freight'),
      airing(daily, '21:00-24:00', 'listening-room'),
    ],
    music: [airing(daily, '15:00-19:00', 'open-water'), airing(daily, '19:00-24:00', 'night-freight')],
    classical: [airing(daily, '18:00-22:00', 'listening-room')],
  },
  alert: {
    level: 'watch',
    headline: 'Flood watch for the lower Merrow until Friday, 9 am',
    text: 'Mill Bottom and River Road may close after dark. Do not drive into standing water.',
    source: 'County Emergency Office, 3:15 pm',
    link: 'https://oxbow.example/alert',
    until: '2026-03-13T09:00:00-04:00',
  },
})

const at = (day: number, time: string) =>
  `2026-03-${String(day).padStart(2, '0')}T${time}:00${day < 8 ? '-05:00' : '-04:00'}`
const photo = (file: string, alt: string, more: Partial<NonNullable<Story['photo']>> = {}) => ({
  file: `${file}.svg`,
  width: 1500,
  height: 1000,
  alt,
  caption: '',
  photographer: 'Jonah Prewitt',
  agency: 'Oxbow Public Radio',
  ...more,
})
const audio = (duration: number, title = '') => ({ file: 'story.mp3', title, duration })
const ines = { name: 'Ines Haldorsen', role: 'Reporter, Tamsin Falls', picture: 'ines.svg' }
const theo = { name: 'Theo Abara', role: 'Reporter, Statehouse' }
const lakes = {
  owner: 'Lakes News Cooperative',
  url: 'https://lakesnews.example/story/7731',
  copyright: 'Copyright 2026 Lakes News Cooperative. All rights reserved.',
  agency: 'Material from the Lakes News Cooperative was used in this report.',
}

const paragraph = (text: string): Block => ({ type: 'paragraph', text })
const bridgeBody: Block[] = [
  paragraph(
    'At six this evening a dump truck full of gravel will cross the Calder Street bridge at walking speed, turn round in front of the savings bank and cross it again. If nothing moves that should not, the barriers come down at seven.',
  ),
  paragraph(
    'It will be the first traffic between the two halves of the town since November 14, when river ice the size of tabletops piled against the middle pier for two nights and took it away on the third. Nobody was hurt. The detour, by way of the dam at Upper Tamsin, is eleven miles long, and for 118 days everything in town has been measured in it.',
  ),
  paragraph(
    '“You stop saying ‘across the river,’” said Nadine Oakhurst, who drives the number 4 school bus. “You say ‘over in the other place.’ My own sister lives in the other place.”',
  ),
  {
    type: 'quotation',
    text: 'We had one engine on the east side and two on the west, and every evening somebody had to guess where the fire was going to be.',
    speaker: 'Chief Lorne Batcheller, Tamsin Falls Fire Company',
  },
  { type: 'heading', text: 'An estimate, and a second estimate' },
  paragraph(
    'The county’s first estimate was two years. Its second, after [a public meeting in January](https://oxbow.example/meeting) that ran until midnight, was fourteen weeks. The difference, said the engineer in charge, was a pier that already existed.',
  ),
  paragraph(
    'It had been cast in 1998 for a highway that was never built, and had been lying in a yard in Harl Junction ever since, with a tree growing through it. Eleven trucks brought it down River Road in February, by night, while the road was still frozen hard enough to carry it.',
  ),
  {
    type: 'pull-quote',
    text: 'A bridge is a promise that you’ll be the same distance apart tomorrow.',
    speaker: 'Amina Delacourt-Reyes, county engineer',
  },
  paragraph(
    'Not everyone is in a hurry. Piet Lindqvist moved half the ovens of his bakery to the east bank in a single night in December, and found that the east bank had been waiting for a bakery since 1983. He will keep both.',
  ),
  paragraph('“I’ve had two front doors for four months,” he said. “I don’t intend to go back to one.”'),
  paragraph(
    'At the elementary school, the third grade has been charting the river’s height each morning and reading it on the air at 7:50. On Thursday it stood at 11.8 feet and was rising. The new pier was built for nineteen.',
  ),
]

type Sketch = Partial<Story> & Pick<Story, 'id' | 'section' | 'headline' | 'published'>
const story = (sketch: Sketch): Story => ({
  path: `/${sketch.section}/${sketch.published.slice(0, 10)}/${sketch.id}`,
  eyebrow: '',
  dek: '',
  dateline: '',
  bylines: [],
  updated: null,
  photo: null,
  audio: null,
  body: [paragraph('What is known so far is told on the air at six.')],
  corrections: [],
  topics: [],
  source: null,
  place: null,
  ...sketch,
})

export const bridge = story({
  id: 'bridge-opens',
  section: 'merrow-county',
  eyebrow: 'Merrow County',
  headline: 'The bridge opens tonight, one winter after the ice took it',
  dek: 'For 118 days the two halves of Tamsin Falls have been eleven miles apart. What the detour did to a school, a bakery and one fire company.',
  dateline: 'TAMSIN FALLS',
  bylines: [ines],
  published: at(12, '14:05'),
  updated: at(12, '16:20'),
  photo: photo(
    'bridge',
    'A steel truss bridge over a wide river at dusk, with a crane lifting a load over its new middle pier.',
    {
      caption: 'The new middle pier of the Calder Street bridge on Wednesday evening.',
    },
  ),
  audio: {
    ...audio(252),
    transcript: 'At six this evening a dump truck full of gravel will cross the bridge.',
  },
  body: bridgeBody,
  corrections: [
    {
      at: at(12, '16:20'),
      text: 'An earlier version of this story gave the length of the detour as nine miles. It is eleven. The audio has been corrected too.',
    },
  ],
  topics: ['Calder Street bridge', 'Tamsin Falls', 'Roads', 'The Merrow'],
  place: 1,
})

export const worldStories: Story[] = [
  bridge,
  story({
    id: 'saturday-bus',
    section: 'news',
    headline: 'Council votes 5 to 2 to keep the Saturday bus',
    dek: 'The vote came after three hours, and after a driver read his timetable aloud.',
    bylines: [theo],
    published: at(12, '15:41'),
    photo: photo(
      'council',
      'A council sits at a raised table under a large clock, seen over the heads of a full room.',
    ),
    place: 2,
    topics: ['Roads', 'Tamsin Falls'],
  }),
  story({
    id: 'milk-price',
    section: 'statehouse',
    eyebrow: 'Statehouse',
    headline: 'A milk price nobody will defend, and nobody will change',
    bylines: [theo],
    published: at(12, '14:15'),
    audio: audio(400),
    place: 3,
  }),
  story({
    id: 'lake-ports',
    section: 'news',
    eyebrow: 'From the wire',
    headline: 'Lake ports agree on one timetable for the first time since 1961',
    published: at(12, '14:40'),
    source: lakes,
    photo: photo('ferry', 'A small white ferry crosses a lake.'),
    place: 4,
  }),
  story({
    id: 'not-so-high',
    section: 'news',
    eyebrow: 'Opinion of the third grade',
    headline: '“It is high but it is not as high as it looks”',
    bylines: [{ name: 'The river report', role: '' }],
    published: at(12, '07:50'),
    audio: audio(65),
    place: 5,
  }),
  story({
    id: 'roads',
    section: 'news',
    headline: 'The list: which roads open, which stay closed, and when',
    published: at(12, '16:30'),
    topics: ['Calder Street bridge', 'Roads', 'Tamsin Falls'],
  }),
  story({
    id: 'ice',
    section: 'news',
    headline: 'The engineer who measured the ice every morning, and was not believed',
    published: at(12, '11:02'),
    topics: ['Calder Street bridge', 'The Merrow', 'Tamsin Falls'],
  }),
  story({
    id: 'mill-bottom',
    section: 'merrow-county',
    headline: 'Mill Bottom has flooded nine times. It has a plan for the tenth.',
    dek: 'The street has 41 houses, six boats and a telephone list. The county would like to buy it. The street would like to be asked.',
    bylines: [ines],
    published: at(12, '13:10'),
    audio: audio(475),
    photo: photo('highwater', 'Houses standing in brown water; two people in a small boat pass a road sign.'),
    topics: ['The Merrow'],
  }),
  story({
    id: 'chemistry',
    section: 'merrow-county',
    eyebrow: 'Schools',
    headline: 'Two towns, one chemistry teacher, and a bus timetable',
    published: at(11, '17:00'),
  }),
  story({
    id: 'bakery',
    section: 'merrow-county',
    eyebrow: 'Business',
    headline: 'The bakery that moved its ovens across the river overnight',
    published: at(11, '15:00'),
    audio: audio(211),
  }),
  story({
    id: 'water-records',
    section: 'merrow-county',
    eyebrow: 'Courts',
    headline: 'Judge asks for the other half of the water records',
    published: at(10, '15:00'),
  }),
  story({
    id: 'receipts',
    section: 'merrow-county',
    eyebrow: 'The detour',
    headline: 'What eleven miles cost, receipt by receipt',
    published: at(11, '09:00'),
  }),
  story({
    id: 'orchards',
    section: 'merrow-county',
    eyebrow: 'Farms',
    headline: 'A warm February, and 4,000 apple trees that believed it',
    dek: 'Growers on Harl Ridge are sleeping beside their thermometers.',
    bylines: [{ name: 'Ruth Vantongeren', role: 'Host and reporter' }],
    published: at(9, '11:30'),
    photo: photo('orchard', 'Rows of apple trees run up a hillside to a small red barn.'),
  }),
  story({
    id: 'cello',
    section: 'music',
    eyebrow: 'The Listening Room',
    headline: 'Eleven minutes of silence, then the loudest cello in the county',
    dek: 'The Hollis Quay Players recorded in the empty grain elevator. We left the pigeons in.',
    bylines: [{ name: 'Odile Fanshaw', role: 'Host' }],
    published: at(11, '20:00'),
    audio: audio(3500, 'The Listening Room, complete'),
    photo: photo('cellist', 'A cellist plays alone in a cone of light between red curtains.'),
  }),
  story({
    id: 'street',
    section: 'merrow-county',
    eyebrow: 'Merrow County',
    headline: 'What eleven miles cost: the detour, receipt by receipt',
    published: at(4, '09:00'),
    photo: photo('street', 'A main street of brick shopfronts on a bright morning.'),
    topics: ['Calder Street bridge', 'Tamsin Falls', 'Roads', 'The Merrow'],
  }),
  story({
    id: 'third-grade',
    section: 'merrow-county',
    eyebrow: 'Schools',
    headline: 'Third grade reads the river at 7:50, and the county listens',
    published: at(6, '09:00'),
    photo: photo('classroom', 'A teacher draws a river’s course on a blackboard in front of a class.'),
    topics: ['Calder Street bridge', 'The Merrow', 'Tamsin Falls', 'Roads'],
  }),
].sort((a, b) => Date.parse(b.published) - Date.parse(a.published))

export const worldSpins = [
  ['16:39', 'Slow Ferry', 'The Paper Lanterns'],
  ['16:35', 'Copper in the Rain', 'Adela Moss'],
  ['16:30', 'Eight Counties', 'The Harl Junction Brass'],
  ['16:26', 'Lantern Year', 'Teo & the Understudies'],
  ['16:21', 'Bridge Out', 'Desmond Yarrow, studio session'],
].map(([time, title, artist]) => ({
  mount: 'music',
  title: title ?? '',
  artist: artist ?? '',
  at: Date.parse(at(12, time ?? '')),
}))
