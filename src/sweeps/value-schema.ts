/** An option's values as a JSON Schema. */

import { LARGEST_SIZE, MOST_SIZES, type Option } from "../options.js";
import { settingName } from "./settings.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The values that an option has in JSON, with its help. What it says of numbers is exact: `checkValue` takes the same. */
export function valueSchema(option: Option): JsonSchema {
  const { help } = option;
  const usual = option.optional ? {} : defaultOf(option);
  // The help is written for flags.
  const words = help.replaceAll(/--([a-z][\w-]*)/g, (_, flag: string) => settingName(flag));
  return { ...kindSchema(option), ...(words === "" ? {} : { description: words }), ...usual };
}

/** Any of these values, where several algorithms have an option of one name. */
export function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return different.length === 1 ? different[0] : { anyOf: different };
}

function kindSchema(option: Option): JsonSchema {
  switch (option.kind) {
    case "real":
    case "schedule":
      return { type: "number", ...boundsOf(option) };
    case "int": {
      const min = Math.max(option.min, Number.MIN_SAFE_INTEGER);
      const max = Math.min(option.max, Number.MAX_SAFE_INTEGER);
      return { type: "integer", minimum: min, maximum: max };
    }
    case "seed":
      return { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    case "choice":
      return { enum: option.choices };
    case "flag":
      return { type: "boolean" };
    case "text":
      return { type: "string" };
    case "sizes": {
      const list = {
        type: "array",
        items: { type: "integer", minimum: 1, maximum: LARGEST_SIZE },
        maxItems: MOST_SIZES,
      };
      return option.default === null ? { anyOf: [list, { type: "null" }] } : list;
    }
  }
}

function boundsOf({ min, max }: { readonly min: number; readonly max: number }): JsonSchema {
  return { ...(min > -Infinity ? { minimum: min } : {}), ...(max < Infinity ? { maximum: max } : {}) };
}

/** Infinity, bigints and functions of progress have no form in JSON. */
function defaultOf({ default: value }: Option): JsonSchema {
  const plain = typeof value === "number" ? Number.isFinite(value) : !["bigint", "function"].includes(typeof value);
  return plain ? { default: value } : {};
}
