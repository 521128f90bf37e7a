import catching from "./examples/catch.ts?raw";
import hover from "./examples/hover.ts?raw";
import maze from "./examples/maze.ts?raw";

export interface Example {
  readonly label: string;
  readonly code: string;
}

/** The first is the one to start with. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  { label: "Catch: three actions, a ball and a bucket", code: catching },
  { label: "Hover: an action that is a number", code: hover },
  { label: "Maze: numbered squares, some moves forbidden", code: maze },
];
