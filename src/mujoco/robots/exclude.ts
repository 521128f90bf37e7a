import { flag } from "../../options.js";

/** Whether the policy sees how far it has come. Without it, what it learns holds everywhere. */
export const excludeX = flag(true, { help: "whether the observation leaves out the distance" });
