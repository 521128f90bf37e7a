/** Mean and deviation of each episode by itself. */
export function normalise(returns: readonly (readonly number[])[]): number[][] {
  return returns.map((episode) => {
    const mean = episode.reduce((sum, value) => sum + value, 0) / episode.length;
    const deviation = Math.sqrt(episode.reduce((sum, value) => sum + (value - mean) ** 2, 0) / episode.length);
    return episode.map((value) => (value - mean) / (deviation + 1e-8));
  });
}
