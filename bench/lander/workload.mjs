/** The environments that both sides of bench/lander fly. */
export const IDS = ["LunarLander-v3", "LunarLanderContinuous-v3"];

/** Episodes whose actions are replayed to measure the speed of the environment alone. */
export const REPLAYED = 20;
