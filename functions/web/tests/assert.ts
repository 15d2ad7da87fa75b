/** Assertions. */

export function assertEquals(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`expected ${wanted}, not ${found}`);
}

export function assert(condition: unknown, message = "it does not hold"): asserts condition {
  if (!condition) throw new Error(message);
}
