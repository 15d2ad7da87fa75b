/** A list that is looked over: its rows, who is left out, and which rows are open for changes. */

import type { Client } from "../../office.ts";
import { type Double, doublesIn, type Field, hasFault, isProbablyKnown } from "./faults.ts";
import type { Person } from "./people.ts";

type Known = readonly Pick<Client, "client_id" | "name" | "email" | "phone">[];

export class Reviewed {
  readonly rows: Person[];
  readonly leftOut: Set<number>;
  readonly opened: Set<number>;
  /** The rows that needed a look at first: a row does not vanish while it is corrected. */
  readonly suspects: ReadonlySet<number>;
  doubles: ReadonlyMap<number, Double>;

  constructor(people: readonly Person[], readonly known: Known) {
    this.rows = [...people];
    this.doubles = doublesIn(people, known);
    const indices = people.map((_, index) => index);
    const faulty = indices.filter((index) => hasFault(people[index]!));
    this.opened = new Set(faulty);
    this.suspects = new Set([...faulty, ...this.doubles.keys()]);
    this.leftOut = new Set(
      indices.filter((index) => isProbablyKnown(people[index]!, this.doubles.get(index))),
    );
  }

  /** The people who can be added as they are. */
  get ready(): readonly Person[] {
    return this.rows.filter((row, index) => !this.leftOut.has(index) && !hasFault(row));
  }

  /** How many are neither left out nor right. */
  get faulty(): number {
    return this.rows.filter((row, index) => !this.leftOut.has(index) && hasFault(row)).length;
  }

  change(index: number, field: Field, value: string): void {
    this.rows[index] = { ...this.rows[index]!, [field]: value.trim() };
    this.doubles = doublesIn(this.rows, this.known);
  }

  /** Leave a row out, or take it in again. */
  toggle(index: number): void {
    if (!this.leftOut.delete(index)) this.leftOut.add(index);
  }

  /** Open a row for changes, or close it. */
  open(index: number): void {
    if (!this.opened.delete(index)) this.opened.add(index);
  }
}
