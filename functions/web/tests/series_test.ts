import { NotDone, Series } from "../console/clients/adding/series.ts";
import { assert, assertEquals } from "./assert.ts";

Deno.test("a series acts in order, and goes on after what was refused", async () => {
  const series = new Series([1, 2, 3], (n) => {
    if (n === 2) throw new NotDone("not two");
    return Promise.resolve(n * 10);
  }, () => undefined);
  await series.run();
  assert(series.isDone && !series.isRunning);
  assertEquals(series.outcomes, [{ result: 10 }, { refused: "not two" }, { result: 30 }]);
  assertEquals(series.results, [10, 30]);
});

Deno.test("a failure stops it, and it goes on with the act that failed", async () => {
  const done: number[] = [];
  let isBroken = true;
  const repeated: number[] = [];
  const series: Series<number, number> = new Series([1, 2, 3], (n) => {
    if (series.isRepeating) repeated.push(n);
    if (n === 2 && isBroken) throw new Error("no connection");
    done.push(n);
    return Promise.resolve(n);
  }, () => undefined);
  await series.run();
  assert(series.failure instanceof Error && !series.isDone);
  isBroken = false;
  await series.run();
  assert(series.isDone && series.failure === undefined);
  assertEquals(done, [1, 2, 3]);
  assertEquals(repeated, [2], "only the act that failed may have been done before");
});

Deno.test("it stops after the act under way, and never runs twice at once", async () => {
  let acts = 0;
  const series: Series<number, number> = new Series([1, 2, 3], (n) => {
    acts++;
    series.stop();
    return Promise.resolve(n);
  }, () => undefined);
  await Promise.all([series.run(), series.run()]);
  assertEquals([acts, series.outcomes.length, series.isDone], [1, 1, false]);
});
