/** The colours of robots, as MJCF has them: red, green, blue and opacity, from 0 to 1. */

export const BODY = [0.24, 0.42, 0.72, 1];
/** A leg on the far side, or a part that only rests. */
export const FAR = [0.56, 0.66, 0.82, 1];
export const JOINT = [0.93, 0.55, 0.2, 1];
export const RAIL = [0.6, 0.62, 0.66, 1];
export const GOAL = [0.85, 0.25, 0.27, 1];
export const GROUND = [0.9, 0.92, 0.9, 1];
