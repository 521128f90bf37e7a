import { flag, seed, type Values } from "../options.js";

/** The options of `ascent doctor`. */
export const doctorOptions = {
  seed: seed(0, { help: "of the episodes that it plays, and of the training of probes" }),
  json: flag(false, { help: "print one JSON object" }),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

/** Their values. */
export type DoctorFlags = Values<typeof doctorOptions>;
