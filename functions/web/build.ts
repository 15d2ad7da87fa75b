/** Build the pages: bundle scripts and style sheets, compress them, and write the manifest. */

import { build } from "esbuild";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** One file that is served, as the handler reads it from the manifest. */
interface BuiltFile {
  file: string;
  type: string;
  etag: string;
  encodings: string[];
}

const OUT = "built";
const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
};
/** The oldest browsers that are served. See the browser floor in the README of `functions/`. */
const TARGET = ["chrome100", "edge100", "firefox100", "safari15"];
const OPTIONS = {
  bundle: true,
  minify: true,
  target: TARGET,
  charset: "utf8",
  legalComments: "none",
  write: false,
} as const;

const SINGLE = [
  "book/book.ts",
  "book/book.css",
  "console/console.css",
  "pages/plain.css",
  "pages/icon.svg",
];

const COMPRESS = {
  br: (content: Uint8Array) =>
    brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gzip: (content: Uint8Array) => gzipSync(content, { level: 9 }),
};

const manifest: Record<string, BuiltFile> = {};

await Deno.remove(OUT, { recursive: true }).catch(() => undefined);
await Deno.mkdir(`${OUT}/assets`, { recursive: true });

const names: Record<string, string> = {};
for (const source of SINGLE) {
  const name = source.slice(source.lastIndexOf("/") + 1).replace(/\.ts$/, ".js");
  const content = source.endsWith(".svg") ? await Deno.readFile(source) : await bundle(source);
  names[name] = `/assets/${await hashed(name, content)}`;
  await write(names[name].slice(1), names[name], content);
}
names["console.js"] = await bundleConsole();
await write("widget.js", "/widget.js", await bundle("widget/widget.ts", "iife"));
for (const page of ["book", "console", "mail", "index", "not_found", "busy"]) {
  const text = await Deno.readTextFile(`pages/${page}.html`);
  await write(`${page}.html`, `${page}.html`, encoded(text.replace(/{{(.+?)}}/g, assetName)));
}
const document = JSON.stringify(JSON.parse(await Deno.readTextFile("openapi.json")));
// Programs read it, and seldom: one compressed form keeps the package small.
await write("openapi.json", "/openapi.json", encoded(document), ["gzip"]);
// Last, since its presence says that the build is complete.
await Deno.writeTextFile(`${OUT}/manifest.json`, JSON.stringify(manifest, null, 1));

async function bundle(source: string, format: "esm" | "iife" = "esm"): Promise<Uint8Array> {
  const result = await build({ ...OPTIONS, entryPoints: [source], format });
  return result.outputFiles[0]!.contents;
}

/** Bundle the console, each view in a file that is loaded when it is first opened. */
async function bundleConsole(): Promise<string> {
  const result = await build({
    ...OPTIONS,
    entryPoints: ["console/console.ts"],
    format: "esm",
    splitting: true,
    outdir: "assets",
    entryNames: "console-main-[hash]",
    chunkNames: "console-[name]-[hash]",
  });
  const paths = result.outputFiles.map((each) => each.path.slice(each.path.lastIndexOf("/")));
  for (const [index, { contents }] of result.outputFiles.entries()) {
    await write(`assets${paths[index]}`, `/assets${paths[index]}`, contents);
  }
  return `/assets${paths.find((path) => path.startsWith("/console-main-"))}`;
}

function assetName(_: string, name: string): string {
  const path = names[name];
  if (path === undefined) throw new Error(`no asset is named ${name}`);
  return path;
}

async function hashed(name: string, content: Uint8Array): Promise<string> {
  const [stem, extension] = name.split(".");
  return `${stem}-${(await digest(content)).slice(0, 12)}.${extension}`;
}

async function digest(content: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(content)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Write a file with its compressed forms, the best first, and list it under `key`. */
async function write(
  file: string,
  key: string,
  content: Uint8Array,
  encodings: readonly (keyof typeof COMPRESS)[] = ["br", "gzip"],
): Promise<void> {
  await Deno.writeFile(`${OUT}/${file}`, content);
  for (const encoding of encodings) {
    await Deno.writeFile(`${OUT}/${file}.${encoding}`, COMPRESS[encoding](content));
  }
  manifest[key] = {
    file,
    type: TYPES[file.slice(file.lastIndexOf(".") + 1)]!,
    etag: (await digest(content)).slice(0, 16),
    encodings: [...encodings],
  };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
