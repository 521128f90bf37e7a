#!/usr/bin/env node
/** The program `ascent`. */

import { commandLine } from "./command-line.js";
import { HUNG_UP, hangUp, watchOutputs } from "./outputs.js";

watchOutputs();
process.exitCode = await commandLine(process.argv.slice(2));
if (process.exitCode === HUNG_UP) hangUp();
