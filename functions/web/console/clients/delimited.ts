/** Delimited text, such as CSV: read as spreadsheets write it, and written so that they read it. */

export type Cells = readonly string[];

/** In the order of preference where two of them fit equally well. */
const DELIMITERS = ["\t", ";", ","] as const;
/** As many records show which delimiter a text has. */
const SAMPLE = 50;
/** A spreadsheet takes a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Decode a file: UTF-8, UTF-16 with its mark, or else Windows-1252, of which Latin-1 is a part. */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Return the records of a text that are not blank, their cells trimmed. */
export function parse(text: string): readonly Cells[] {
  const body = text.replace(/^\uFEFF/, "");
  const named = /^sep=(.)\r?\n/i.exec(body); // Excel's own first line
  return named
    ? recordsOf(body.slice(named[0].length), named[1]!)
    : recordsOf(body, delimiterOf(body));
}

/** Write records as CSV for Excel: with a mark for UTF-8, every cell quoted, no formulas. */
export function write(records: readonly Cells[]): string {
  const quoted = (cell: string) => `"${safe(cell).replaceAll('"', '""')}"`;
  return `\uFEFF${records.map((cells) => cells.map(quoted).join(",") + "\r\n").join("")}`;
}

/** Put an apostrophe before what a spreadsheet would calculate. */
function safe(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function delimiterOf(text: string): string {
  let best: string = ",";
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const records = recordsOf(text, delimiter, SAMPLE);
    const divided = records.filter((cells) => cells.length > 1).length;
    if (divided > most) [best, most] = [delimiter, divided];
  }
  return best;
}

function recordsOf(text: string, delimiter: string, most = Infinity): readonly Cells[] {
  // A quote that is never closed belongs to the text.
  return split(text, delimiter, '"', most) ?? split(text, delimiter, "", most)!;
}

/** Return the records, or nothing if the last quote is not closed. */
function split(
  text: string,
  delimiter: string,
  quote: string,
  most: number,
): readonly Cells[] | undefined {
  const records: Cells[] = [];
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let wasQuoted = false;
  const endCell = () => {
    cells.push(cell.trim());
    [cell, wasQuoted] = ["", false];
  };
  const endRecord = () => {
    endCell();
    if (cells.some(Boolean)) records.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length && records.length < most; at++) {
    const sign = text[at]!;
    if (isQuoted) {
      if (sign !== quote) cell += sign;
      else if (text[at + 1] === quote) cell += text[++at];
      else isQuoted = false;
    } else if (sign === quote && !wasQuoted && cell.trim() === "") {
      [cell, isQuoted, wasQuoted] = ["", true, true];
    } else if (sign === delimiter) endCell();
    else if (sign === "\n" || sign === "\r") endRecord();
    else cell += sign;
  }
  if (isQuoted) return undefined;
  if (records.length < most) endRecord();
  return records;
}
