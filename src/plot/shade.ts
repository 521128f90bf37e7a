import type { Colour } from "../scene/scene.js";

/** Five stops of viridis: each step is about as far in lightness, also for colour-blind readers and in grey. */
const STOPS = ["#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"] as const;

/** A colour for a share from 0 (dark) to 1 (light), and one for letters on it. */
export interface Shade {
  readonly ground: Colour;
  readonly ink: Colour;
}

/** The shade of a share; shares outside 0 to 1 have that of the nearest end. */
export function shadeOf(share: number): Shade {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = Math.min(Math.floor(place), STOPS.length - 2);
  const channel = (i: number): string => {
    const [a, b] = [STOPS[below], STOPS[below + 1]].map((stop) => Number.parseInt(stop.slice(i, i + 2), 16));
    return Math.round(a + (place - below) * (b - a))
      .toString(16)
      .padStart(2, "0");
  };
  return { ground: `#${channel(1)}${channel(3)}${channel(5)}`, ink: place < 2.2 ? "#ffffff" : "#101418" };
}
