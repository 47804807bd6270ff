/** Milliseconds to wait before try number `failures + 1`: half a second, doubling, at most fifteen; `chance` 0 to 1 spreads them. */
export const backOff = (failures: number, chance: number): number =>
  Math.round(Math.min(15_000, 500 * 2 ** Math.max(0, failures - 1)) * (0.75 + chance / 2))
