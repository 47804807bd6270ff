import { createServer } from 'node:net'

/**
 * The first of `count` ports in a row that nobody listens on; below the range that systems hand out by themselves, so
 * that nobody's outgoing connection sits there.
 */
export const freePorts = async (count: number): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 4000) * 3
    // oxlint-disable-next-line no-await-in-loop -- the next is tried only if this one is taken
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(port + i)))
    if (free.every(Boolean)) return port
  }
  throw new Error('There is no free port.')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '::' }, () => server.close(() => resolve(true)))
  })
