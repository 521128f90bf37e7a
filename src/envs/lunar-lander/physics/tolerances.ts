/** The solver's settings: those of Box2D 2.3 (b2Settings.h), in metres, radians and seconds. */

/** Overlaps and joint errors up to this are not corrected. */
export const LINEAR_SLOP = 0.005;
export const ANGULAR_SLOP = (2 / 180) * Math.PI;

/** Polygons and edges each have a skin of this thickness. Contact begins when two skins meet. */
export const SKINS = 2 * (2 * LINEAR_SLOP);

/** The largest error that one round corrects. */
export const MAX_LINEAR_CORRECTION = 0.2;
export const MAX_ANGULAR_CORRECTION = (8 / 180) * Math.PI;

/** The fraction of an overlap that one round corrects, in a step and right after an impact. */
export const CORRECTION = 0.2;
export const IMPACT_CORRECTION = 0.75;

/** A body slower than this counts as still. After so many still steps of 0.02 s it falls asleep. */
export const STILL_SPEED = 0.01;
export const STILL_SPIN = (2 / 180) * Math.PI;
export const STEPS_TO_SLEEP = 25;

/** The largest number of impacts per contact and step. */
export const MAX_IMPACTS = 8;
