/** `evaluations.jsonl`: a line for each evaluation of a run, without times and paths. */

import type { Evaluation } from "../training/evaluation.js";
import { AppendFile } from "./append-file.js";
import { FileError } from "./file-error.js";
import { fileLines } from "./file-lines.js";
import { decodeNumbers, encodeNumbers } from "./update-line.js";

/** An evaluation in the course of a run. */
export interface RunEvaluation extends Evaluation {
  /** The update after which the policy was evaluated, and the steps that the run had done. */
  readonly update: number;
  readonly episodes: number;
  readonly steps: number;
}

export class EvaluationLog {
  /** What the log has up to where the run goes on. */
  readonly latest: RunEvaluation | undefined;
  readonly bestMean: number;
  private readonly file: AppendFile;

  /** Opens the log of a run, and removes the evaluations after update `reached`. @throws FileError */
  constructor(path: string, reached: number) {
    let bytes = 0;
    let latest: RunEvaluation | undefined;
    let bestMean = Number.NEGATIVE_INFINITY;
    for (const { evaluation, end } of evaluationsOf(path)) {
      if (evaluation.update > reached) break;
      bytes = end;
      latest = evaluation;
      bestMean = Math.max(bestMean, evaluation.mean);
    }
    this.latest = latest;
    this.bestMean = bestMean;
    this.file = new AppendFile(path, bytes);
  }

  append(evaluation: RunEvaluation): void {
    this.file.append(`${encodeNumbers(evaluation)}\n`);
    this.file.flush();
  }

  sync(): void {
    this.file.sync();
  }

  close(): void {
    this.file.close();
  }
}

/** The evaluations of a run, from its `evaluations.jsonl`; none if there is no such file. @throws FileError */
export function readEvaluations(path: string): RunEvaluation[] {
  return Array.from(streamEvaluations(path));
}

/** The same, one by one. */
export function* streamEvaluations(path: string): Generator<RunEvaluation> {
  for (const { evaluation } of evaluationsOf(path)) yield evaluation;
}

function* evaluationsOf(path: string): Generator<{ evaluation: RunEvaluation; end: number }> {
  for (const { text, number, end } of fileLines(path)) {
    yield { evaluation: decodeEvaluation(text, `${path}, line ${number}`), end };
  }
}

function decodeEvaluation(text: string, where: string): RunEvaluation {
  try {
    const evaluation = decodeNumbers(text) as RunEvaluation;
    if (Number.isSafeInteger(evaluation.update) && typeof evaluation.mean === "number") return evaluation;
  } catch {
    // Falls through: not JSON, or JSON of something else.
  }
  throw new FileError(where, "is not the record of an evaluation");
}
