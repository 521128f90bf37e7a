import { useLive } from "../../live.js";
import type { Look, LookedAt } from "../../protocol.js";
import { type LabRun, look } from "../../state/lab.js";

/** Milliseconds between two questions. */
const PAUSE = 500;

/** What the policy would do in many states, asked at most twice a second. */
export function useLook(
  run: LabRun,
  question: () => LookedAt | undefined,
): ReturnType<typeof useLive<LookedAt, Look | undefined>> {
  return useLive<LookedAt, Look | undefined>(run, { pause: PAUSE, question, ask: (at) => look(run.id, at) });
}
