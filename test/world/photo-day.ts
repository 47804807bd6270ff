import { photograph } from './newsroom-day.ts'

type Shot = { drawing: string; name: string; caption: string; photographer: string; copyright: string }

const roll: Shot[] = [
  {
    drawing: 'highwater.svg',
    name: 'highwater-03.jpg',
    caption: 'Neighbors row past the end of Mill Bottom on Tuesday.',
    photographer: '',
    copyright: '',
  },
  {
    drawing: 'classroom.svg',
    name: 'classroom-river.jpg',
    caption: 'Third grade charts the river.',
    photographer: 'Ines Haldorsen',
    copyright: 'Oxbow Public Radio',
  },
  {
    drawing: 'freight.svg',
    name: 'freight-1140.jpg',
    caption: 'The 11:40 through Harl Junction.',
    photographer: 'Piet Marsh',
    copyright: 'Lakes News Cooperative. Web only, until April 12.',
  },
  {
    drawing: 'cellist.svg',
    name: 'hollis-quay.jpg',
    caption: 'The Hollis Quay Players in the grain elevator.',
    photographer: 'Odile Fanshaw',
    copyright: 'Oxbow Public Radio',
  },
  {
    drawing: 'records.svg',
    name: 'shelf-j.jpg',
    caption: 'The record library, shelf J.',
    photographer: 'Desmond Okafor',
    copyright: 'Oxbow Public Radio',
  },
  {
    drawing: 'bridge.svg',
    name: 'calder-deck-11.jpg',
    caption: 'The last deck panel goes in at Calder.',
    photographer: 'Ines Haldorsen',
    copyright: 'Oxbow Public Radio',
  },
]

export type Taken = { id: string; file: string; name: string }

/** Brings the day's photos into the library, as somebody does who is signed in. */
export const fillLibrary = async (house: string, { folder, cookie }: { folder: string; cookie: string }) => {
  const taken: Taken[] = []
  for (const { drawing, name, ...words } of roll) {
    const answer = await fetch(`${house}/studio/photos?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { cookie, origin: house, accept: 'application/json', 'content-type': 'image/jpeg' },
      body: new Uint8Array(await photograph(folder, drawing, words)),
    })
    if (answer.status !== 201) throw new Error(`${name} was answered ${answer.status}: ${await answer.text()}`)
    taken.push({ ...((await answer.json()) as { id: string; file: string }), name })
  }
  return taken
}
