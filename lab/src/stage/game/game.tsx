/** Somebody plays by keyboard or touch, beside the policy or in its place. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { short } from "../../number.js";
import type { SeatMoment } from "../../protocol.js";
import { Engine } from "../../state/engine.js";
import { type LabRun, save } from "../../state/lab.js";
import { namesOf } from "../action-names.js";
import { endWord } from "../end-word.js";
import { Picture } from "../picture.js";
import { present } from "../present.js";
import { Fact, framesPerSecond } from "../watch.js";
import { actionOf, type Button, type Controls, controlsOf } from "./controls.js";
import "./game.css";
import { Pads, Steer } from "./pads.js";
import { type Played, Results } from "./results.js";

export function Game({ run }: { readonly run: LabRun }) {
  const begun = run.begun.value;
  const env = begun?.config.env;
  if (begun === undefined || env == null) return <p class="help">There is nothing to play yet.</p>;
  const controls = controlsOf(env, begun.spaces?.action);
  if (controls === undefined)
    return <p class="help">The actions of {env} are too many for a few keys. Watch the policy instead.</p>;
  return <Table key={run.id} run={run} env={env} controls={controls} />;
}

type Phase = "loading" | "ready" | "playing" | "paused" | "over";

function Table({ run, env, controls }: { readonly run: LabRun; readonly env: string; readonly controls: Controls }) {
  const phase = useSignal<Phase>("loading");
  const moment = useSignal<SeatMoment | undefined>(undefined);
  const played = useSignal<readonly Played[]>([]);
  const speed = useSignal(controls.turns ? 1 : 0.5);
  const assisted = useSignal(false);
  const best = useSignal(true);
  const held = useSignal<readonly Button[]>([]);
  const slid = useSignal(0);
  const shift = useSignal(false);
  const sliding = useSignal(false);
  const trouble = useSignal<string | undefined>(undefined);
  const engine = useRef<Engine | undefined>(undefined);
  const asked = useRef(false);
  const seed = useRef(1);
  const area = useRef<HTMLDivElement>(null);
  const tookOver = useRef(false);

  // An engine of its own, so that training doesn't make the game stutter. The browser has its files already.
  useEffect(() => {
    const own = new Engine({
      catalogue: () => void sit(),
      broken: (message) => (trouble.value = message),
      run: () => {},
    });
    engine.current = own;
    return () => own.close();
  }, []);

  const sit = async (): Promise<void> => {
    const begun = run.begun.peek();
    const own = engine.current;
    if (begun === undefined || own === undefined) return;
    phase.value = "loading";
    const policy = await save(run.id, best.peek() ? "best" : "weights");
    await own.sit({ env, envOptions: begun.config.envOptions, policy, deterministic: false });
    moment.value = await own.deal(seed.current);
    phase.value = "ready";
  };

  const start = async (next: boolean): Promise<void> => {
    const own = engine.current;
    if (own === undefined) return;
    if (next) seed.current++;
    tookOver.current = false;
    moment.value = await own.deal(seed.current);
    held.value = [];
    phase.value = "playing";
    area.current?.focus({ preventScroll: true });
  };

  /** One step. It waits for its answer, however fast the keys are. */
  const move = async (by: "person" | "policy", pressed: readonly Button[] = held.peek()): Promise<void> => {
    const own = engine.current;
    if (asked.current || own === undefined || phase.peek() !== "playing") return;
    asked.current = true;
    const step = moment.peek()?.steps ?? 0;
    if (by === "person") tookOver.current = true;
    const action = by === "policy" ? by : actionOf(controls, { held: pressed, slid: slid.peek(), step });
    const after = await own.move(action);
    asked.current = false;
    moment.value = after;
    if (after.ended === undefined) return;
    phase.value = "over";
    held.value = [];
    if (assisted.peek() && !tookOver.current) return;
    const row = { seed: seed.current, you: after.return, policy: after.policyReturn, together: assisted.peek() };
    played.value = [...played.peek(), row];
  };

  const hands = (): boolean =>
    !assisted.peek() || shift.peek() || sliding.peek() || (held.peek().length > 0 && !byKey.current);
  /** A key alone does not take over; Shift, or a button on the page, does. */
  const byKey = useRef(false);

  useEffect(() => {
    let due = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      frame = requestAnimationFrame(tick);
      if (phase.peek() !== "playing" || asked.current) return;
      const person = hands();
      if (controls.turns && person) return;
      const gap = 1000 / (framesPerSecond(run.begun.peek()?.config.env) * speed.peek());
      if (now < due) return;
      // What was missed while the page was away is not caught up.
      due = now - due > 100 ? now + gap : due + gap;
      void move(person ? "person" : "policy");
    });
    const leave = (): void => {
      if (document.hidden && phase.peek() === "playing") phase.value = "paused";
    };
    document.addEventListener("visibilitychange", leave);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("visibilitychange", leave);
    };
  }, []);

  const press = (button: Button, key: boolean): void => {
    if (phase.peek() !== "playing") return;
    byKey.current = key;
    if (controls.turns) {
      if (!key || hands()) void move("person", [button]);
    } else held.value = [...held.peek().filter((other) => other !== button), button];
  };
  const release = (button: Button): void => {
    held.value = held.peek().filter((other) => other !== button);
  };
  const isField = ({ target }: Event): boolean =>
    target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "range");

  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === "Shift") shift.value = true;
    if (event.key === "Escape" && phase.peek() === "playing") phase.value = "paused";
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event) || phase.peek() !== "playing") return;
    const button = controls.buttons.find(({ key }) => key === event.key.toLowerCase());
    if (button === undefined) return;
    // Arrows would scroll the page. Page keys, space and the wheel still do; so do arrows when the game is not played.
    event.preventDefault();
    // A key that was down before the game began is noticed when it repeats.
    const late = !controls.turns && !held.peek().includes(button);
    if (!event.repeat || late) press(button, true);
  };
  const keyUp = (event: KeyboardEvent): void => {
    if (event.key === "Shift") shift.value = false;
    const button = controls.buttons.find(({ key }) => key === event.key.toLowerCase());
    if (button !== undefined) release(button);
  };
  const letGo = (): void => {
    held.value = [];
    shift.value = false;
    sliding.value = false;
    if (controls.slider !== undefined) slid.value = 0;
  };

  const now = moment.value;
  useEffect(() => {
    if (now !== undefined) present.value = now;
  }, [now]);
  const state = phase.value;
  const names = namesOf(env, run.begun.value?.spaces?.action);
  const again = state === "over";
  return (
    <>
      {trouble.value !== undefined && <p class="trouble">{trouble.value}</p>}
      <div
        class="game"
        ref={area}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a game takes keys
        tabIndex={0}
        role="application"
        aria-label={`${env}. Keys: ${controls.buttons.map(({ sign, label }) => `${sign} ${label}`).join(", ")}. Escape pauses.`}
        onKeyDown={keyDown}
        onKeyUp={keyUp}
        onFocusOut={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) letGo();
        }}
      >
        <Picture scene={now?.scene} label={`${env}, played by you`} />
        <Pads
          buttons={controls.buttons}
          held={held.value}
          disabled={state !== "playing"}
          onPress={(button) => press(button, false)}
          onRelease={release}
          onClick={(button) => void move("person", [button])}
        />
        {controls.slider !== undefined && (
          <Steer
            slider={controls.slider}
            value={slid.value}
            onInput={(value) => {
              sliding.value = true;
              slid.value = value;
            }}
            onLetGo={letGo}
          />
        )}
      </div>
      <div class="transport choices">
        {state === "playing" ? (
          <button type="button" onClick={() => (phase.value = "paused")}>
            Pause <kbd>Esc</kbd>
          </button>
        ) : state === "paused" ? (
          <button
            type="button"
            class="primary"
            onClick={() => {
              phase.value = "playing";
              area.current?.focus({ preventScroll: true });
            }}
          >
            Go on
          </button>
        ) : (
          <button type="button" class="primary" disabled={state === "loading"} onClick={() => void start(again)}>
            {again ? "Next start" : "Start"}
          </button>
        )}
        {again && (
          <button type="button" onClick={() => void start(false)}>
            Same start again
          </button>
        )}
        <select
          aria-label="Who acts"
          value={assisted.value ? "policy" : "you"}
          onChange={({ currentTarget }) => (assisted.value = currentTarget.value === "policy")}
        >
          <option value="you">you act</option>
          <option value="policy">the policy acts</option>
        </select>
        {(!controls.turns || assisted.value) && (
          <select
            aria-label="Speed"
            value={speed.value}
            onChange={({ currentTarget }) => (speed.value = Number(currentTarget.value))}
          >
            <option value={1}>real time</option>
            <option value={0.5}>half speed</option>
            <option value={0.2}>slow</option>
          </select>
        )}
        <select
          aria-label="Which policy"
          value={best.value ? "best" : "present"}
          onChange={({ currentTarget }) => {
            best.value = currentTarget.value === "best";
            void sit();
          }}
        >
          <option value="best">best policy</option>
          <option value="present">present policy</option>
        </select>
      </div>
      <p class="help">
        {assisted.value
          ? "Hold Shift to take over from the policy, or press a button above."
          : (controls.restText ?? (controls.turns ? "Each press is one step." : "Hold a key, or a button above."))}
      </p>
      <dl class="facts">
        <Fact name="start" value={`number ${seed.current}`} />
        <Fact name="step" value={String(now?.steps ?? 0)} />
        <Fact name="return so far" value={short(now?.return ?? 0)} />
        <Fact name="last action" value={actionText(now?.action, names)} />
        <Fact name="end" value={now?.ended === undefined ? "…" : endWord(env, { ...now, ended: now.ended })} />
      </dl>
      {played.value.length > 0 && <Results played={played.value} />}
    </>
  );
}

function actionText(action: SeatMoment["action"], names: readonly string[] | undefined): string {
  if (action === undefined) return "…";
  if (typeof action === "number") return names?.[action] ?? String(action);
  return action.map((x) => x.toFixed(2)).join(", ");
}
