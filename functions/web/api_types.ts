/**
 * Write the types of the API, from its OpenAPI document, to `shared/api.types.ts`.
 *
 * With `--check`, write nothing, and fail if the file is stale.
 */

import openapi, { astToString } from "openapi-typescript";

const FILE = "shared/api.types.ts";

const document = JSON.parse(await Deno.readTextFile("openapi.json"));
const text = astToString(await openapi(document, { alphabetize: true }));
if (!Deno.args.includes("--check")) {
  await Deno.writeTextFile(FILE, text);
} else if (text !== await Deno.readTextFile(FILE).catch(() => "")) {
  console.error(`${FILE} is stale: run \`make api-types\``);
  Deno.exit(1);
}
