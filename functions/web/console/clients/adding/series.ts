/** A series of acts, one after the other: it shows how far it is, stops, and goes on. */

/** What became of one part of a series. */
export interface Outcome<Result> {
  readonly result?: Result;
  /** Why it was refused, in words. */
  readonly refused?: string;
}

/** Thrown by an act that was refused for good: the series goes on with the next one. */
export class NotDone extends Error {}

export class Series<Item, Result> {
  /** The outcomes so far, in the order of the items. */
  readonly outcomes: Outcome<Result>[] = [];
  isRunning = false;
  /** What stopped it, if that was not the user. */
  failure: unknown;
  /** Whether the act under way is one that failed before, perhaps after it was done. */
  isRepeating = false;
  #isStopping = false;

  constructor(
    readonly items: readonly Item[],
    readonly act: (item: Item) => Promise<Result>,
    /** Called after each step. */
    public changed: () => void,
  ) {}

  get isDone(): boolean {
    return this.outcomes.length === this.items.length;
  }

  get isStopping(): boolean {
    return this.isRunning && this.#isStopping;
  }

  get results(): readonly Result[] {
    return this.outcomes.flatMap(({ result }) => result === undefined ? [] : [result]);
  }

  /** Start, or go on with what is not done. */
  async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRepeating = this.failure !== undefined;
    [this.isRunning, this.#isStopping, this.failure] = [true, false, undefined];
    this.changed();
    try {
      while (!this.isDone && !this.#isStopping) {
        this.outcomes.push(await this.#outcomeOf(this.items[this.outcomes.length]!));
        this.isRepeating = false;
        this.changed();
      }
    } catch (error) {
      this.failure = error;
    } finally {
      this.isRunning = false;
      this.changed();
    }
  }

  /** Stop after the act that is under way. */
  stop(): void {
    this.#isStopping = true;
    this.changed();
  }

  async #outcomeOf(item: Item): Promise<Outcome<Result>> {
    try {
      return { result: await this.act(item) };
    } catch (error) {
      if (error instanceof NotDone) return { refused: error.message };
      throw error;
    }
  }
}
