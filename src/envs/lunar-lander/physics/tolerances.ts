/** The solver's settings: those of Box2D 2.3 (b2Settings.h), in metres, radians and seconds. */

/** Overlap and joint error that are left alone. */
export const LINEAR_SLOP = 0.005;
export const ANGULAR_SLOP = (2 / 180) * Math.PI;

/** Polygons and edges have a skin of this thickness each: contact begins where two skins meet. */
export const SKINS = 2 * (2 * LINEAR_SLOP);

/** How much of an error one round of corrections may undo. */
export const MAX_LINEAR_CORRECTION = 0.2;
export const MAX_ANGULAR_CORRECTION = (8 / 180) * Math.PI;

/** The share of an overlap that one round undoes, and that right after an impact. */
export const CORRECTION = 0.2;
export const IMPACT_CORRECTION = 0.75;

/** Below these speeds a body counts as still; after so many still steps of 0.02 s it falls asleep. */
export const STILL_SPEED = 0.01;
export const STILL_SPIN = (2 / 180) * Math.PI;
export const STEPS_TO_SLEEP = 25;

/** Impacts of one contact that are looked at within a step. */
export const MAX_IMPACTS = 8;
