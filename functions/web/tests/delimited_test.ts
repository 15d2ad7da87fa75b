import { decode, parse, write } from "../console/clients/delimited.ts";
import { assertEquals } from "./assert.ts";

const TWO = [["Nora Whitfield", "nora@example.com"], ["Peter Novak", "peter@example.com"]];

Deno.test("commas, semicolons and tabs are told apart", () => {
  for (const delimiter of [",", ";", "\t"]) {
    assertEquals(parse(TWO.map((cells) => cells.join(delimiter)).join("\n")), TWO, delimiter);
  }
  assertEquals(parse("Whitfield, Nora; nora@example.com\nNovak, Peter; peter@example.com"), [
    ["Whitfield, Nora", "nora@example.com"],
    ["Novak, Peter", "peter@example.com"],
  ]);
  assertEquals(parse("sep=|\r\na|b"), [["a", "b"]]);
});

Deno.test("lines end in every way, and blank ones are left out", () => {
  assertEquals(parse("a,b\r\nc,d\re,f\n\n , \n\ng,h"), [
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
    ["g", "h"],
  ]);
  assertEquals(parse(""), []);
  assertEquals(parse("\uFEFFa,b"), [["a", "b"]]);
});

Deno.test("quoted cells hold delimiters, quotes and lines", () => {
  assertEquals(parse('"Whitfield, ""Nora""","two\nlines"'), [[
    'Whitfield, "Nora"',
    "two\nlines",
  ]]);
  assertEquals(parse('a, "b, c" ,d'), [["a", "b, c", "d"]]);
  assertEquals(parse('"",x'), [["", "x"]]);
});

Deno.test("a quote that is never closed, or stands inside, belongs to the text", () => {
  assertEquals(parse('"Bob,bob@example.com\nAnn,ann@example.com'), [
    ['"Bob', "bob@example.com"],
    ["Ann", "ann@example.com"],
  ]);
  assertEquals(parse('Ann "Nan" Lee,ann@example.com'), [['Ann "Nan" Lee', "ann@example.com"]]);
});

Deno.test("a file is UTF-8 with or without its mark, UTF-16, or Latin-1", () => {
  const utf8 = new TextEncoder().encode("Tomás");
  assertEquals(decode(utf8), "Tomás");
  assertEquals(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])), "Tomás");
  assertEquals(decode(new Uint8Array([0x54, 0x6f, 0x6d, 0xe1, 0x73])), "Tomás");
  assertEquals(decode(new Uint8Array([0xff, 0xfe, 0x54, 0, 0xe1, 0])), "Tá");
  assertEquals(decode(new Uint8Array([0xfe, 0xff, 0, 0x54, 0, 0xe1])), "Tá");
});

Deno.test("what is written is quoted, and no cell is a formula", () => {
  assertEquals(
    write([["a", 'b "c"', "d,e\nf"], ["=1+1", "+1 802", "-2", "@x", "\t=1", "1-2"]]),
    '\uFEFF"a","b ""c""","d,e\nf"\r\n"\'=1+1","\'+1 802","\'-2","\'@x","\'\t=1","1-2"\r\n',
  );
});

Deno.test("what is written is read again", () => {
  const records = [["Nora", 'a "b", c'], ["Peter", "x;y"]];
  assertEquals(parse(write(records)), records);
});

Deno.test("two thousand records are read at once", () => {
  const lines = Array.from({ length: 2000 }, (_, n) => `"Client ${n}",c${n}@example.com`);
  assertEquals(parse(lines.join("\n")).length, 2000);
});
