/** Values of β along a slider: β = largest · (place/steps)³, with two digits, so that small ones have room and 0 is reached. */

export const STEPS = 100;
export const LARGEST_BETA = 3;

export function betaAt(place: number): number {
  return Number((LARGEST_BETA * (place / STEPS) ** 3).toPrecision(2));
}

/** The nearest place of a β. */
export function placeOf(beta: number): number {
  return Math.round(STEPS * Math.cbrt(Math.min(1, beta / LARGEST_BETA)));
}
