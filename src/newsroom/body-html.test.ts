import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchesGolden, newsFixture } from '../../test/fixtures/news/golden.ts'
import { bodyToBlocks } from './body-blocks.ts'
import { checkBody } from './body-check.ts'
import { htmlToBody } from './body-html.ts'
import { bodyText } from './body-text.ts'

const shown = (html: string) => bodyToBlocks(htmlToBody(html).doc, { photo: () => null, audio: () => null })

for (const name of ['paste-word', 'paste-google-docs', 'paste-outlook', 'paste-web-page']) {
  test(`${name}.html comes out as clean structure`, () => {
    const { doc, notes } = htmlToBody(newsFixture(`${name}.html`), { base: 'https://site.example/news/' })
    matchesGolden(name, { notes, blocks: bodyToBlocks(doc, { photo: () => null, audio: () => null }) })
    assert.ok('doc' in checkBody(doc.toJSON()))
  })
}

/** Every one would run a script or load something if its markup survived anywhere. `x` is what would be called. */
const attacks = [
  '<script>x()</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>x()</scr</script>ipt>',
  '<img src=x onerror=x()>',
  '<img src="javascript:x()">',
  '<svg onload=x()>',
  '<svg><script>x()</script></svg>',
  '<svg><a xlink:href="javascript:x()"><text>a</text></a></svg>',
  '<svg><animate onbegin=x() attributeName=x dur=1s>',
  '<svg><style><img src=x onerror=x()></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x()&gt;">',
  '<math href="javascript:x()">a</math>',
  '<a href="javascript:x()">a</a>',
  '<a href="JaVaScRiPt:x()">a</a>',
  '<a href=" javascript:x()">a</a>',
  '<a href="java\tscript:x()">a</a>',
  '<a href="java\nscript:x()">a</a>',
  '<a href="&#106;avascript:x()">a</a>',
  '<a href="\u0001javascript:x()">a</a>',
  '<a href="data:text/html,<script>x()</script>">a</a>',
  '<a href="vbscript:x()">a</a>',
  '<a href="blob:https://a.example/1">a</a>',
  '<a href="//evil.example\\@good.example">a</a>',
  '<a href="https://www.google.com/url?q=javascript:x()">a</a>',
  '<a href="https://nam.safelinks.protection.outlook.com/?url=javascript%3Ax()">a</a>',
  '<a href="https://urldefense.com/v3/__javascript:x()__;">a</a>',
  '<iframe src="javascript:x()"></iframe>',
  '<iframe srcdoc="<script>x()</script>"></iframe>',
  '<iframe src="https://youtube.com.evil.example/embed/aB3_dE6-hI9"></iframe>',
  '<iframe src="https://www.youtube.com/embed/%22%3E%3Cscript%3Ex()"></iframe>',
  '<object data="javascript:x()"></object>',
  '<embed src="javascript:x()">',
  '<form action="javascript:x()"><button formaction="javascript:x()">a</button></form>',
  '<input autofocus onfocus=x()>',
  '<details open ontoggle=x()>a</details>',
  '<body onload=x()>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<p style="background:url(javascript:x())">a</p>',
  '<div style="width:expression(x())">a</div>',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv=refresh content="0;url=javascript:x()">',
  '<base href="javascript:x()//"><a href="y">a</a>',
  '<template><script>x()</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=x()>">',
  '<textarea></textarea><script>x()</script>',
  '<title></title><img src=x onerror=x()>',
  '<xmp><img src=x onerror=x()></xmp>',
  '<!--[if IE]><script>x()</script><![endif]-->',
  '<![CDATA[<script>x()</script>]]>',
  '<?xml-stylesheet href="javascript:x()"?>',
  '<table background="javascript:x()"><tr><td onclick=x()>a</table>',
  '<video><source onerror=x()></video><audio src=x onerror=x()>',
  '<marquee onstart=x()>a</marquee>',
  '<a href="a" ping="https://evil.example/" onclick=x()>a</a>',
  '<blockquote class="twitter-tweet" onclick=x()><a href="https://twitter.com/a/status/1%22onload=x()">a</a></blockquote>',
]

test(`${attacks.length} attacks leave nothing that executes`, () => {
  for (const attack of attacks) {
    for (const html of [
      attack,
      `<p>before ${attack} after</p>`,
      `<ul><li>${attack}</li></ul>`,
      `<blockquote>${attack}</blockquote>`,
    ]) {
      const { doc } = htmlToBody(html, { base: 'https://site.example/' })
      doc.check()
      doc.descendants((node) => {
        for (const { attrs } of node.marks) {
          if ('href' in attrs) assert.match(String(attrs['href']), /^(https?:\/\/|mailto:|tel:)/, attack)
        }
        assert.ok(['', 'youtube', 'twitter', undefined].includes(node.attrs['provider'] as string | undefined), attack)
        for (const value of Object.values(node.attrs)) assert.doesNotMatch(String(value), /[<>]|script:/i, attack)
      })
      // Words may remain, as words; the markup and the script's source may not.
      if (!/xmp|CDATA|ipt>x/.test(attack)) assert.doesNotMatch(bodyText(doc), /x\(\)/, attack)
    }
  }
})

test('tracking wrappers and parameters are taken off links', () => {
  const links: [string, string][] = [
    ['https://a.example/p?utm_source=x&id=4&fbclid=1', 'https://a.example/p?id=4'],
    ['https://www.google.com/url?q=https%3A%2F%2Fa.example%2F&sa=D', 'https://a.example/'],
    ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&data=1', 'https://a.example/b'],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_c&d=1', 'https://a.example/c'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F%3Ffbclid%3D1', 'https://a.example/'],
    ['mailto:desk@a.example', 'mailto:desk@a.example'],
  ]
  for (const [href, clean] of links) {
    assert.deepEqual(shown(`<a href="${href}">w</a>`), [{ type: 'paragraph', text: `[w](${clean})` }])
  }
})

test('spaces and marks end where words do', () => {
  assert.deepEqual(shown('<p>a<b> b </b>c <i> d</i><a href="https://a.example/"> e </a>.</p>'), [
    { type: 'paragraph', text: 'a **b** c *d* [e](https://a.example/) .' },
  ])
})

test('any HTML gives a valid body, in time', () => {
  const part = fc.constantFrom(
    ...attacks,
    '<p>',
    '</p>',
    '<b>',
    '</i>',
    '<table>',
    '<td>',
    '<ul>',
    '<li>',
    'words',
    '<blockquote>',
    '<h2>',
    '</ul>',
    '&amp;',
    '<br>',
    '<div style="mso-list:l0 level9 lfo1">·  ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), (parts) => {
      const { doc } = htmlToBody(parts.join(''))
      doc.check()
      assert.ok('doc' in checkBody(doc.toJSON()))
    }),
    { numRuns: 400 },
  )
})

test('HTML made to be slow is refused, not suffered', () => {
  for (const html of [
    '<div>'.repeat(200_000),
    '<p><b><i><u>'.repeat(30_000),
    '<a>'.repeat(100_000),
    '<table><tr><td>'.repeat(20_000),
    'x'.repeat(6_000_000),
    '<li>'.repeat(50_000),
    `<p style="${'a:b;'.repeat(200_000)}">x`,
  ]) {
    const started = performance.now()
    htmlToBody(html)
    assert.ok(performance.now() - started < 3_000, html.slice(0, 20))
  }
})
