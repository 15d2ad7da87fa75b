/** Assertions. */

export function assertEquals(actual: unknown, expected: unknown, why = ""): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`${why} expected ${wanted}, not ${found}`.trim());
}

export function assert(condition: unknown, message = "it does not hold"): asserts condition {
  if (!condition) throw new Error(message);
}
