/** The rooms of the page. Each but the first is loaded when somebody opens it. */

import { computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { labToken } from "./disk/token.js";

export interface View {
  /** As in the address: `#view=runs`. */
  readonly id: string;
  readonly label: string;
  /** Loads the room. Undefined for the first, which the page comes with. */
  readonly load?: () => Promise<ComponentType>;
  /** Whether it can be entered now. Default: yes. */
  readonly available?: () => boolean;
}

export const VIEWS: readonly View[] = [
  { id: "train", label: "Train" },
  { id: "compare", label: "Compare", load: async () => (await import("./compare/compare-room.js")).CompareRoom },
  { id: "tables", label: "Tables", load: async () => (await import("./tables/tables-room.js")).TablesRoom },
  {
    id: "own",
    label: "Your environment",
    load: () => import("./own-env/room.js").then(({ OwnEnvRoom }) => OwnEnvRoom),
  },
  {
    id: "estimators",
    label: "Estimators",
    load: () => import("./learn/estimators/room.js").then(({ EstimatorsRoom }) => EstimatorsRoom),
  },
  {
    id: "language",
    label: "Language",
    load: () => import("./language/room.js").then(({ LanguageRoom }) => LanguageRoom),
  },
  {
    id: "lecture",
    label: "Lecture",
    load: () => import("./learn/lecture/room.js").then(({ LectureRoom }) => LectureRoom),
  },
  {
    id: "exercise",
    label: "Exercise",
    load: () => import("./learn/exercise/room.js").then(({ ExerciseRoom }) => ExerciseRoom),
  },
  {
    id: "runs",
    label: "Runs",
    load: () => import("./disk/runs-room.js").then(({ RunsRoom }) => RunsRoom),
    available: () => labToken() !== undefined,
  },
];

const current = signal("train");
/** The room that is open. */
export const view = computed(() => VIEWS.find(({ id }) => id === current.value) ?? VIEWS[0]);

export function open(id: string): void {
  current.value = id;
}
