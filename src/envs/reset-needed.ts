/** `step` was called outside an episode. */
export class ResetNeeded extends Error {
  constructor() {
    super("step before reset, or after the end of an episode: call reset() first");
    this.name = "ResetNeeded";
  }
}
