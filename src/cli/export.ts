import type { Command } from "./command.js";
export const command: Command = { usage: "", examples: [], flags: () => [], run: async () => 0 };
