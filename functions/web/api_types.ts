/**
 * Write what the pages take from the OpenAPI document: the types of the API, to
 * `shared/api.types.ts`, and the bounds of the settings, to `console/settings/bounds.ts`.
 *
 * With `--check`, write nothing, and fail if a file is stale.
 */

import openapi, { astToString } from "openapi-typescript";

interface Schema {
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

const document = JSON.parse(await Deno.readTextFile("openapi.json"));
const files = {
  "shared/api.types.ts": astToString(await openapi(document, { alphabetize: true })),
  "console/settings/bounds.ts": boundsOf(document.components.schemas.SettingsPatch.properties),
};
for (const [file, text] of Object.entries(files)) {
  if (!Deno.args.includes("--check")) {
    await Deno.writeTextFile(file, text);
  } else if (text !== await Deno.readTextFile(file).catch(() => "")) {
    console.error(`${file} is stale: run \`make api-types\``);
    Deno.exit(1);
  }
}

/** Write the bounds of each setting that has some. */
function boundsOf(settings: Record<string, Schema>): string {
  const lines = Object.entries(settings).flatMap(([name, schema]) => {
    const { minimum, maximum, maxLength, maxItems } = { ...schema, ...schema.anyOf?.[0] };
    const bounds = { min: minimum, max: maximum, maxLength, maxItems };
    const found = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
    if (found.length === 0) return [];
    return [`  ${name}: { ${found.map(([key, bound]) => `${key}: ${bound}`).join(", ")} },`];
  });
  return `/** The bounds of the settings, from the OpenAPI document. */

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

export const BOUNDS: Readonly<Record<string, Bounds>> = {
${lines.join("\n")}
};
`;
}
