// A maze. The agent sees the number of its field, and may only
// choose directions without a wall.
import { type Env, register } from "ascent/envs";
import { defaultRng } from "ascent/random";
import { discrete } from "ascent/spaces";

// # is a wall, . is a way, G is the goal.
const MAZE = ["#########", "#...#...#", "#.#.#.#.#", "#.#...#.#", "#.#####.#", "#..G#...#", "#########"];
const WIDTH = MAZE[0].length;
const FIELDS = MAZE.join("");
const MOVES = [-WIDTH, 1, WIDTH, -1]; // up, right, down, left
const WAYS = [...FIELDS].flatMap((field, at) => (field === "." ? [at] : []));

function maze(): Env<number, number> {
  const rng = defaultRng(0);
  let at = WAYS[0];

  return {
    observationSpace: discrete(FIELDS.length),
    actionSpace: discrete(4),
    // 1 for each action that is allowed now.
    actionMask: () => MOVES.map((move) => (FIELDS[at + move] === "#" ? 0 : 1)),

    reset({ seed } = {}) {
      if (seed !== undefined) rng.reseed(seed);
      at = WAYS[rng.integers(0, WAYS.length)];
      return { observation: at, info: {} };
    },

    // Each step costs a little, so short ways earn more.
    step(action) {
      at += MOVES[action];
      const found = FIELDS[at] === "G";
      const reward = found ? 1 : -0.02;
      return { observation: at, reward, terminated: found, truncated: false, info: {} };
    },

    render() {
      const square = (field: number, fill: `#${string}`, size: number) => {
        const [x, y] = [(field % WIDTH) + 0.5, MAZE.length - Math.floor(field / WIDTH) - 0.5];
        const points = [
          [-1, -1],
          [1, -1],
          [1, 1],
          [-1, 1],
        ].map(([i, j]) => [x + i * size, y + j * size] as const);
        return { kind: "polygon", points, fill } as const;
      };
      const walls = [...FIELDS].flatMap((field, i) => (field === "#" ? [square(i, "#55606e", 0.5)] : []));
      const shapes = [...walls, square(FIELDS.indexOf("G"), "#1f7a4d", 0.35), square(at, "#1845fb", 0.3)];
      return { view: { left: 0, right: WIDTH, bottom: 0, top: MAZE.length }, background: "#f4f6fb", shapes };
    },
  };
}

register({ id: "Maze-v0", create: maze, maxEpisodeSteps: 100, rewardThreshold: 0.75 });
