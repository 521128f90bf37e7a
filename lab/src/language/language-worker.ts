/** The worker of this room: all that learns, writes or reads preferences. */

import { readPreferences, writePreferences } from "ascent/language";
import { CardBox } from "./cards/card-box.js";
import { CardWork } from "./cards/card-work.js";
import { ExactWork } from "./exact/exact-work.js";
import { messageOf } from "./message-of.js";
import type { FromLinguist, PartName, ToLinguist } from "./protocol.js";
import { ReviewWork } from "./reviews/review-work.js";
import { shippedModel } from "./shipped-model.js";
import { Turns, type Work } from "./turns.js";

/** Cards that are drawn at once: to draw many side by side takes hardly longer than to draw one. */
const CARDS = 24;

interface Steerable extends Work {
  going: boolean;
  owed?: boolean;
}

const works: {
  exact?: ExactWork | undefined;
  reviews?: ReviewWork | undefined;
  cards?: CardWork | undefined;
} = {};
const turns = new Map<Work, Turns>();
/** The latest of each part that was asked for, and whether it may go on: while the model is fetched, both may change. */
const latest: Partial<Record<PartName, number>> = {};
const mayGo: Record<PartName, boolean> = { exact: true, reviews: true, cards: true };
let box: CardBox | undefined;

function post(message: FromLinguist): void {
  self.postMessage(message);
}

/** Errors in promises reach neither the page nor `worker.onerror` by themselves. */
self.addEventListener("unhandledrejection", ({ reason }) => post({ type: "broken", message: messageOf(reason) }));

self.addEventListener("message", ({ data }: MessageEvent<ToLinguist>) => {
  answer(data).catch((error: unknown) => post({ type: "failed", part: partOf(data), message: messageOf(error) }));
});

function partOf(message: ToLinguist): PartName {
  if ("part" in message) return message.part;
  if (message.type === "exact" || message.type === "reviews") return message.type;
  return message.type === "beta" ? "reviews" : "cards";
}

async function answer(message: ToLinguist): Promise<void> {
  switch (message.type) {
    case "exact":
      mayGo.exact = true;
      begin("exact", new ExactWork(message.id, message.settings, post));
      works.exact?.report();
      break;
    case "reviews": {
      latest.reviews = message.id;
      mayGo.reviews = true;
      stop("reviews");
      const model = await shippedModel(message.model);
      if (latest.reviews === message.id) begin("reviews", new ReviewWork(message.id, message.settings, model, post));
      break;
    }
    case "learn": {
      latest.cards = message.id;
      mayGo.cards = true;
      stop("cards");
      const model = await shippedModel(message.model);
      if (latest.cards === message.id) begin("cards", new CardWork(message.id, message.settings, model, post));
      break;
    }
    case "pace": {
      mayGo[message.part] = message.going;
      const work: Steerable | undefined = works[message.part];
      if (work === undefined) break;
      work.going = message.going;
      turns.get(work)?.wake();
      break;
    }
    case "step": {
      const work: Steerable | undefined = works[message.part];
      if (work === undefined) break;
      work.going = false;
      work.owed = true;
      turns.get(work)?.wake();
      break;
    }
    case "beta":
      if (works.reviews !== undefined) works.reviews.beta = message.beta;
      break;
    case "deal":
      if (box?.seed !== message.seed) box = new CardBox(await shippedModel(message.model), message.seed);
      post({ type: "dealt", seed: message.seed, cards: box.draw(CARDS) });
      break;
    case "foresee":
      if (works.cards?.finished) post({ type: "foreseen", right: works.cards.foresee(message.answers) });
      break;
    case "read":
      post({ type: "answersRead", answers: readPreferences(message.text) });
      break;
    case "write":
      post({ type: "answersWritten", text: writePreferences(message.answers) });
  }
}

/** Takes the place of the work that was there. */
function begin<P extends PartName>(part: P, work: NonNullable<(typeof works)[P]>): void {
  stop(part);
  work.going = mayGo[part];
  works[part] = work;
  const own = new Turns(work);
  turns.set(work, own);
  own.wake();
}

function stop(part: PartName): void {
  const work: Steerable | undefined = works[part];
  if (work === undefined) return;
  work.going = false;
  turns.delete(work);
  works[part] = undefined;
}
