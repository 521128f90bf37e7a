import { optional, text } from "../options.js";

export const MODULE_MEANING = "a file of JavaScript or TypeScript, or an installed package";

/** The options of every command. */
export const importOptions = {
  import: optional(
    text("", {
      meaning: MODULE_MEANING,
      help: `${MODULE_MEANING}, which registers environments or algorithms; may be repeated`,
    }),
  ),
};
