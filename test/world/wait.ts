export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks until the answer is neither null, undefined nor false; fails with `what` and what `about` tells. */
export const waitFor = async <T>(
  what: string,
  ask: () => T | Promise<T>,
  { ms = 10_000, every = 50, about }: { ms?: number; every?: number; about?: () => string } = {},
): Promise<Exclude<T, null | undefined | false>> => {
  const until = performance.now() + ms
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one question at a time
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false)
      return answer as Exclude<T, null | undefined | false>
    if (performance.now() > until) throw new Error(`Waited ${ms} ms in vain: ${what}${about ? `\n${about()}` : ''}`)
    // oxlint-disable-next-line no-await-in-loop -- the pause between two questions
    await sleep(every)
  }
}
