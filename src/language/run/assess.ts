/** How good the model of a run is, beside what it was before tuning: on the same prompts, by the truth of the task. */

import { defaultRng, SeedSequence } from "../../random/index.js";
import { noGrad } from "../../tensor/index.js";
import { wilsonInterval } from "../../wilson.js";
import { tokenRows } from "../sequences.js";
import type { LanguageTask, Sample } from "../tasks/task.js";
import type { LanguageModel, Written } from "./language-model.js";

/** What is compared. */
export interface Assessed {
  readonly task: LanguageTask;
  readonly model: LanguageModel;
  readonly reference: LanguageModel;
}

/** How prompts and responses are drawn. */
export interface AssessmentOptions {
  /** Default: 512. */
  readonly prompts?: number | undefined;
  readonly seed?: number | bigint | undefined;
  /** Default: 1. */
  readonly temperature?: number | undefined;
}

/** Means over the responses of one model. */
export interface Marks {
  /** The gold score of responses that were drawn, and of the most probable ones. */
  readonly gold: number;
  readonly greedyGold: number;
  /** The share that the rules of the task allow. */
  readonly valid: number;
  /** The share that ended by itself. */
  readonly ended: number;
  /** Tokens in a response. */
  readonly length: number;
  /** KL from the reference, in nats by response, estimated by k1. */
  readonly kl: number;
}

/** A model beside its reference. */
export interface Assessment {
  readonly before: Marks;
  readonly after: Marks;
  /** The share of prompts for which the model's response has the higher gold score; equal ones count half. */
  readonly winRate: number;
  /** Wilson's interval for it, at 95 %. */
  readonly winInterval: readonly [low: number, high: number];
  /** Responses of both to the first prompts. */
  readonly samples: readonly { readonly before: Written; readonly after: Written }[];
}

/** Keeps assessments apart from training, whatever seeds people type. */
const ASSESSMENT = 0x1a7e;
const SAMPLES = 5;

/** Draws a response of each model to the same prompts, and compares them. It changes nothing. */
export function assess({ task, model, reference }: Assessed, options: AssessmentOptions = {}): Assessment {
  const { prompts: count = 512, seed = 0, temperature = 1 } = options;
  const [forPrompts, forReference, forModel] = new SeedSequence([ASSESSMENT, BigInt(seed)]).spawn(3);
  const rng = defaultRng(forPrompts);
  const prompts = Array.from({ length: count }, () => task.prompt(rng));
  const draw = (from: LanguageModel, stream: SeedSequence) => from.write(prompts, { temperature }, defaultRng(stream));
  const before = draw(reference, forReference);
  const after = draw(model, forModel);
  const golds = (written: readonly Sample[]): number[] => written.map((sample) => task.gold(sample));
  const greedy = (from: LanguageModel) => mean(golds(from.write(prompts, { topK: 1 }, defaultRng(0))));
  const marks = (written: readonly Written[], from: LanguageModel): Marks => ({
    gold: mean(golds(written)),
    greedyGold: greedy(from),
    valid: mean(written.map((sample) => Number(task.isValid(sample)))),
    ended: mean(written.map(({ ended }) => Number(ended))),
    length: mean(written.map(({ ids }) => ids.length)),
    kl: klFrom(reference, written, temperature),
  });
  const [old, now] = [golds(before), golds(after)];
  const winRate = mean(now.map((gold, i) => (gold > old[i] ? 1 : gold === old[i] ? 0.5 : 0)));
  return {
    before: marks(before, reference),
    after: marks(after, model),
    winRate,
    winInterval: wilsonInterval(winRate * count, count),
    samples: Array.from({ length: Math.min(SAMPLES, count) }, (_, i) => ({ before: before[i], after: after[i] })),
  };
}

/** The mean of Σₜ ln π(yₜ) − ln ref(yₜ) over responses. */
function klFrom(reference: LanguageModel, written: readonly Written[], temperature: number): number {
  const { tokenizer, policy } = reference;
  const rows = tokenRows(
    written.map(({ prompt, ids }) => ({ prompt: tokenizer.encode(prompt), response: ids })),
    tokenizer,
  );
  const known = noGrad(() => policy.forward(rows, temperature).logProbs.toArray());
  const own = written.reduce((sum, { logProbs }) => logProbs.reduce((a, b) => a + b, sum), 0);
  return (own - known.reduce((a, b) => a + b, 0)) / written.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
