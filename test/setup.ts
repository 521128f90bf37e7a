/** Runs before each file of tests; what it imports runs once where files share their modules. */

import "./typed-arrays.js";
