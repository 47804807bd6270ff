// Asks a station as a reader and a listener would: node ask.ts HOUSE_PORT AIR_PORT NAME [MOUNT…]. Exit code 1 and a
// line for each thing that is not as it should be.

const [, , housePort = '', airPort = '', name = '', ...mounts] = process.argv
const house = `http://localhost:${housePort}`
const wrong: string[] = []

const page = await fetch(`${house}/`)
const text = await page.text()
if (page.status !== 200 || !text.includes(name)) wrong.push(`the front page is ${page.status} and does not say ${name}`)
if (!text.includes('<gw-player')) wrong.push('the front page has no player')

/** All that the page names of its own. */
const named = [...text.matchAll(/(?:href|src)="(\/[^"#]*)/g)].map(([, path]) => path!)
for (const path of new Set([...named, '/favicon.svg', '/text', '/api/v1/now', '/healthz'])) {
  const answer = await fetch(house + path) // oxlint-disable-line no-await-in-loop -- a polite reader
  const { byteLength } = await answer.arrayBuffer() // oxlint-disable-line no-await-in-loop
  if (answer.status !== 200 || byteLength === 0) wrong.push(`${path} is ${answer.status} with ${byteLength} bytes`)
}

for (const mount of mounts) {
  const listening = new AbortController()
  // oxlint-disable-next-line no-await-in-loop -- one stream after the other
  const stream = await fetch(`http://localhost:${airPort}${mount}`, { signal: listening.signal })
  let heard = 0
  // oxlint-disable-next-line no-await-in-loop
  for await (const chunk of stream.body ?? []) if ((heard += chunk.byteLength) > 32_000) break
  listening.abort()
  const type = stream.headers.get('content-type')
  if (stream.status !== 200 || type !== 'audio/mpeg' || heard < 32_000)
    wrong.push(`${mount} is ${stream.status} ${type} with ${heard} bytes`)
}

for (const line of wrong) console.error(line)
console.log(`asked ${named.length} addresses and ${mounts.length} streams`)
process.exit(wrong.length === 0 ? 0 : 1)
