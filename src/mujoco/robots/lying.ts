/** Turns that lay a capsule along x: a quarter about y. MuJoCo normalises them, so their last digits are those of the model. */

/** 0.707, written so that nobody takes it for √½. */
const NEARLY = 707 / 1000;

/** A cart or a rail. */
export const LYING = [NEARLY, 0, NEARLY, 0];

/** A foot, which points the other way. The second number is the double below √½. */
export const FORWARDS = [Math.SQRT1_2, 0, -(Math.SQRT1_2 - Number.EPSILON / 2), 0];
