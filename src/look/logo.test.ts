import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLogo } from './look.ts'

const drawing = (inner: string, attrs = 'viewBox="0 0 32 32"') =>
  `<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" ${attrs}>${inner}</svg>`

test('a drawing keeps its shapes, in the ink around it', () => {
  const read = readLogo(
    drawing(
      '<title>Our mark</title><g fill="none" stroke="#a00"><path d="M1 2L3 4" stroke-width="2"/></g><circle cx="4" cy="4" r="2"/>',
    ),
  )
  assert.deepEqual(read, {
    logo: {
      viewBox: '0 0 32 32',
      shapes:
        '<g fill="none" stroke="currentColor"><path d="M1 2L3 4" stroke-width="2"></path></g>' +
        '<circle cx="4" cy="4" r="2" fill="currentColor"></circle>',
    },
  })
})

test('width and height will do for a size', () => {
  assert.match(
    JSON.stringify(readLogo(drawing('<rect width="4" height="4"/>', 'width="20px" height="10"'))),
    /"0 0 20 10"/,
  )
})

for (const [what, svg, reason] of [
  ['no drawing', '<p>Hello</p>', /no SVG/],
  ['a drawing without a size', drawing('<path d="M0 0"/>', ''), /tells no size/],
  ['an empty drawing', drawing(''), /nothing drawn/],
  ['a script', drawing('<script>alert(1)</script><path d="M0 0"/>'), /script/],
  ['a page within', drawing('<foreignObject><body onload="x()"/></foreignObject>'), /foreignObject/],
  ['a reference', drawing('<use href="https://evil.example/x.svg#a"/>'), /use/],
  ['a picture', drawing('<image href="x.png"/>'), /image/],
  ['too much', drawing('x'.repeat(70_000)), /64 KB/],
] as const)
  test(`${what} is refused in words`, () => {
    const read = readLogo(svg)
    assert.match('reason' in read ? read.reason : JSON.stringify(read), reason)
  })

test('handlers, styles, addresses and broken out quotes do not come through', () => {
  const read = readLogo(
    drawing(
      `<path d="M0 0" onclick="x()" style="fill:url(x)" fill="url(#a)" class='"><script>x()</script>' transform="rotate(1)" href="javascript:x()"/>` +
        `<path d='M0 0"><script>y()</script>'/>`,
    ),
  )
  const text = JSON.stringify(read)
  assert.ok('logo' in read, text)
  assert.doesNotMatch(text, /script|onclick|style|url|href|class/)
})
