import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Photo } from '../newsroom/newsroom.ts'
import { textOf } from '../player/icon.view.ts'
import { pictureOf } from './card.ts'
import { imageFacts } from './media-facts.ts'
import { photoView } from './photo.view.ts'
import { pictureView } from './picture.view.ts'

const FILE = 'p-01999999-0000-7000-8000-000000000000'
const photo = (more: Partial<Photo> = {}): Photo => ({
  file: FILE,
  width: 1500,
  height: 1000,
  alt: 'A “gate” & more',
  caption: '',
  photographer: 'Ines Haldorsen',
  agency: '',
  ...more,
})
const drawn = (more: Partial<Photo> = {}, options = {}) => textOf(pictureView(pictureOf(photo(more))!, options))

suite('pictures on pages', () => {
  test('a photo of the library comes in WebP and JPEG, as wide as it is shown, cut as its place', () => {
    const view = drawn()
    assert.match(view, /^<picture\s*><source type="image\/webp" srcset="\/pictures\/p-[^"]+\/3x2-320\.webp 320w, /)
    assert.match(view, /\/3x2-1280\.webp 1280w, \/pictures\/[^"]+\/3x2-1920\.webp 1500w" sizes="[^"]+vw"/)
    assert.match(view, /<img\s+src="\/pictures\/[^"]+\/3x2-640\.jpg"/)
    assert.match(view, /width="640"\s+height="427"/)
    assert.match(view, /loading="lazy"/)
    assert.match(view, /alt="A “gate” &amp; more"/)
    assert.match(drawn({}, { shape: '1x1' }), /\/1x1-640\.jpg[^>]+width="640"\s+height="640"/s)
    assert.match(
      drawn({ width: 500, height: 400 }, { shape: 'whole' }),
      /\/640\.jpg 500w"[^>]+width="500"\s+height="400"/s,
    )
    assert.match(drawn({}, { eager: true }), /fetchpriority="high"/)
    assert.doesNotMatch(drawn({}, { eager: true }), /lazy/)
  })

  test('a file of the station’s folder stands as it is, and is cut around its focus by the page', () => {
    const view = drawn({ file: 'bridge.svg', focus: { x: 0.12, y: 0.93 } })
    assert.match(view, /^<img class="fx1 fy9" src="\/pictures\/bridge\.svg" width="1500" height="1000"/)
    assert.doesNotMatch(drawn({ file: 'bridge.svg', focus: { x: 0.5, y: 0.52 } }), /class/)
  })

  test('a photo without a name is not shown; the three parts of a credit are told apart', () => {
    assert.equal(textOf(photoView(photo({ photographer: '' }))), '')
    const view = textOf(photoView(photo({ agency: 'Lakes News', agencyUrl: 'https://lakes.example/' })))
    assert.match(view, /<b>Ines Haldorsen<\/b>/)
    assert.match(view, /<a href="https:\/\/lakes\.example\/">Lakes News<\/a>/)
  })

  test('feeds and cards of others are told of the JPEG that its address gives', () => {
    const facts = imageFacts(photo({ width: 4000, height: 3000 }), 'https://radio.example')
    assert.deepEqual([facts?.url, facts?.mediaType], [`https://radio.example/pictures/${FILE}`, 'image/jpeg'])
    assert.deepEqual([facts?.width, facts?.height], [1280, 960])
    assert.equal(imageFacts(photo({ file: 'bridge.svg' }), '')?.mediaType, 'image/svg+xml')
  })
})
