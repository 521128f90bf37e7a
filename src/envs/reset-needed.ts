/** `step` was called where there is no episode to go on with. */
export class ResetNeeded extends Error {
  constructor() {
    super("step before reset, or after the end of an episode: call reset() first");
    this.name = "ResetNeeded";
  }
}
