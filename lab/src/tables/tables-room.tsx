/** Small worlds whose rules are known: dynamic programming finds the optimum, and policy gradients come near it. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { short } from "../number.js";
import { type Grid, gridOf, sizeOf } from "../stage/maps/grid.js";
import { endsOf, GridPicture } from "../stage/maps/grid-picture.js";
import { useLook } from "../stage/maps/live-look.js";
import { begin, type LabRun, selected } from "../state/lab.js";
import type { Method } from "./planner.js";
import type { Judgement, Standing } from "./planner-protocol.js";
import { Planning } from "./planning.js";
import "./tables.css";

const WORLDS = ["FrozenLake-v1", "FrozenLake8x8-v1", "CliffWalking-v1", "CliffWalkingSlippery-v1", "GridWorld-v0"];
/** Milliseconds between two pictures of a run. */
const PACE = 250;

export function TablesRoom() {
  const run = selected.value;
  const chosen = useSignal<string | undefined>(undefined);
  const learned = run?.begun.value?.config.env ?? "";
  // Until somebody chooses, it is the world of the run that is at work.
  const env = chosen.value ?? (WORLDS.includes(learned) ? learned : WORLDS[0]);
  const gamma = useSignal(1);
  const method = useSignal<Method>("policy iteration");
  const standing = useSignal<Standing | undefined>(undefined);
  const running = useSignal(false);
  const trouble = useSignal<string | undefined>(undefined);
  const planning = useRef<Planning | undefined>(undefined);

  const same = run?.begun.value?.config.env === env ? run : undefined;
  const options = same?.begun.value?.config.envOptions ?? {};
  const world = JSON.stringify([env, options, gamma.value]);
  const grid = gridOf(env, options);

  const tell = async (question: Parameters<Planning["stand"]>[0]): Promise<void> => {
    try {
      const answer = await planning.current?.stand(question);
      if (answer !== undefined) standing.value = answer;
    } catch (error) {
      running.value = false;
      trouble.value = error instanceof Error ? error.message : String(error);
    }
  };
  const restart = (): Promise<void> => {
    running.value = false;
    trouble.value = undefined;
    return tell({ type: "world", world: { env, options, gamma: gamma.value } });
  };
  useEffect(() => {
    planning.current = new Planning();
    return () => planning.current?.close();
  }, []);
  useEffect(() => {
    standing.value = undefined;
    void restart();
  }, [world, method.value]);

  const go = async (): Promise<void> => {
    if (running.value) {
      running.value = false;
      return;
    }
    running.value = true;
    // Value iteration needs hundreds of sweeps: the first are shown one by one.
    for (let moves = 1; running.peek() && !standing.peek()?.done; ) {
      await tell({ type: "advance", method: method.peek(), moves });
      await new Promise((resolve) => setTimeout(resolve, PACE));
      if (method.peek() === "value iteration") moves = Math.ceil(moves * 1.5);
    }
    running.value = false;
  };

  const now = standing.value;
  const ends = grid === undefined || now === undefined ? undefined : endsOf(grid, now.optimum);
  return (
    <>
      <p class="sentence">
        {now === undefined
          ? "The rules of a small world are known, so its best policy can be computed."
          : `The best policy is worth ${short(now.optimalWorth)} from the start${now.done ? ", and dynamic programming has found it." : "."}`}
      </p>
      {trouble.value !== undefined && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
      <div class="worlds">
        <label>
          world
          <select value={env} onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}>
            {WORLDS.map((id) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <label>
          discount γ
          <select value={gamma.value} onChange={({ currentTarget }) => (gamma.value = Number(currentTarget.value))}>
            <option value={1}>1: the plain return</option>
            <option value={0.99}>0.99</option>
            <option value={0.9}>0.9</option>
          </select>
        </label>
        <label>
          method
          <select value={method.value} onChange={({ currentTarget }) => (method.value = currentTarget.value as Method)}>
            <option>policy iteration</option>
            <option>value iteration</option>
          </select>
        </label>
      </div>
      <div class="grid tables">
        <section class="card" aria-label="Dynamic programming">
          <h2>Dynamic programming knows the rules</h2>
          <div class="actions">
            <button
              type="button"
              disabled={now === undefined || running.value}
              onClick={() => void tell({ type: "sweep", method: method.value })}
            >
              One sweep
            </button>
            {method.value === "policy iteration" && (
              <button
                type="button"
                disabled={now === undefined || running.value}
                onClick={() => void tell({ type: "improve" })}
              >
                Improve
              </button>
            )}
            <button type="button" class="primary" disabled={now === undefined || now.done} onClick={() => void go()}>
              {running.value ? "Stop" : "Run"}
            </button>
            <button type="button" class="quiet" onClick={() => void restart()}>
              From the start
            </button>
          </div>
          <p class="help">
            {method.value === "policy iteration"
              ? "A sweep brings each V(s) nearer to the value of the arrows. Improve turns each arrow to the best action, by where it leads on average: on slippery ice a move may slide sideways. Run does both in turns, with the exact values."
              : "A sweep gives each cell the value of its best action, with the values before the sweep. Run sweeps until nothing changes."}
          </p>
          {grid !== undefined && now !== undefined && (
            <GridPicture grid={grid} title={countsOf(now)} policy={now.policy} values={now.values} ends={ends} />
          )}
          {now !== undefined && (
            <dl class="facts" aria-live="polite">
              <Fact name="V of the start" value={now.worth.toFixed(4)} />
              <Fact name="the optimum" value={now.optimalWorth.toFixed(4)} />
              <Fact name="last change" value={now.change === undefined ? "…" : short(now.change)} />
              <Fact
                name="state"
                value={now.done ? "nothing changes any more" : running.value ? "running" : "waiting"}
              />
            </dl>
          )}
        </section>
        <section class="card" aria-label="Policy gradient">
          <h2>A policy gradient has to try</h2>
          {same === undefined || grid === undefined || now === undefined ? (
            <>
              <p>
                {same === undefined
                  ? `No run is learning ${env} now. A run learns from episodes alone; it never sees the rules.`
                  : "…"}
              </p>
              {same === undefined && (
                <button type="button" class="primary" onClick={() => void begin({ link: `algorithm=ppo&env=${env}` })}>
                  Train PPO here
                </button>
              )}
            </>
          ) : (
            <Learner
              key={`${same.id} ${gamma.value}`}
              run={same}
              grid={grid}
              planning={planning.current}
              optimum={now.optimalWorth}
              ends={ends}
            />
          )}
        </section>
      </div>
    </>
  );
}

function countsOf({ sweeps, evaluations, improvements }: Standing): string {
  const parts = [
    [sweeps, "sweep"],
    [evaluations, "exact evaluation"],
    [improvements, "improvement"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}${count === 1 ? "" : "s"}`);
  return said.length === 0 ? "V is 0, and every action is equally likely" : `After ${said.join(", ")}`;
}

function Learner({
  run,
  grid,
  planning,
  optimum,
  ends,
}: {
  readonly run: LabRun;
  readonly grid: Grid;
  readonly planning: Planning | undefined;
  readonly optimum: number;
  readonly ends: readonly [number, number] | undefined;
}) {
  const { live, place } = useLook(run, () => ({ kind: "states", count: sizeOf(grid) }));
  const judged = useSignal<Judgement | undefined>(undefined);
  const found = live.value?.answer;
  useEffect(() => {
    if (found === undefined || planning === undefined) return;
    void planning.judge(found.numbers).then(
      (judgement) => (judged.value = judgement),
      () => {},
    );
  }, [found]);
  const exact = judged.value;
  const result = run.result.value;
  const average = result?.averageReturn;
  return (
    <div ref={place}>
      {found === undefined ? (
        <p class="help">The run is asked for its policy.</p>
      ) : (
        <GridPicture
          grid={grid}
          title={`After ${found.updates} updates, ${result?.episodes ?? 0} episodes`}
          policy={found.numbers}
          values={exact?.values}
          ends={ends}
        />
      )}
      <dl class="facts">
        <Fact
          name="its V of the start, exactly"
          value={exact === undefined ? "…" : (exact.worth?.toFixed(4) ?? "none")}
        />
        <Fact name="the optimum" value={optimum.toFixed(4)} />
        <Fact name="mean return of its last 100 episodes" value={average == null ? "…" : average.toFixed(4)} />
      </dl>
      <p class="help">
        The colours are the exact values of its policy, computed from the rules, without the time limit that episodes
        have. Both pictures have the same colours for the same values.
      </p>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
