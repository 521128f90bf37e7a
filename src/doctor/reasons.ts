/** Why a finding matters, where two parts of the doctor make the same one. */
export const REASONS = {
  "limit-as-death":
    "If that is a time limit, it has to be truncated: a terminated state has the value 0, so learning would take every state near the limit for worthless.",
  "observations-unscaled": "The first layer sees little but the largest numbers, and its units saturate.",
} as const;
