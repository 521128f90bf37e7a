/** The small menu of a chart: its axis, and files of it. */

import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Picture } from "./paint.js";

/** The data of one run, in columns of the same length. */
export interface Table {
  readonly run: string;
  readonly columns: readonly (readonly [name: string, numbers: ArrayLike<number>])[];
}

export interface ChartMenuProps {
  readonly label: string;
  readonly log: Signal<boolean>;
  readonly picture: ReadonlySignal<Picture | undefined>;
  readonly table: () => readonly Table[];
}

const FILES = ["PNG", "SVG", "CSV"] as const;

export function ChartMenu({ label, log, picture, table }: ChartMenuProps) {
  const open = useSignal(false);
  const failed = useSignal(false);
  const host = useRef<HTMLFieldSetElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    open.value = false;
    button.current?.focus();
  };
  const save = async (as: (typeof FILES)[number]): Promise<void> => {
    if (picture.value === undefined || host.current === null) return;
    try {
      // Writing files is needed by few, so it comes when it is asked for.
      const { savePng, saveSvg, saveCsv } = await import("./chart-files.js");
      if (as === "PNG") await savePng(label, picture.value, host.current);
      else if (as === "SVG") saveSvg(label, picture.value);
      else saveCsv(label, table());
      close();
    } catch {
      failed.value = true;
    }
  };
  return (
    <fieldset
      class="chart-menu"
      aria-label={`Scale and files: ${label}`}
      ref={host}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open.value) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (!host.current?.contains(relatedTarget as Node | null)) open.value = false;
      }}
    >
      <button
        type="button"
        class="quiet"
        ref={button}
        aria-expanded={open.value}
        aria-label="Scale and files"
        title="Scale and files"
        onClick={() => (open.value = !open.value)}
      >
        ⋯
      </button>
      {open.value && (
        <div class="menu" tabIndex={-1}>
          <label class="inline">
            <input
              type="checkbox"
              checked={log.value}
              onChange={({ currentTarget }) => (log.value = currentTarget.checked)}
            />
            Logarithmic
          </label>
          {FILES.map((as) => (
            <button type="button" key={as} onClick={() => void save(as)}>
              {as === "CSV" ? "CSV, all data" : `${as}, as seen`}
            </button>
          ))}
          {failed.value && <p role="alert">The file could not be made.</p>}
        </div>
      )}
    </fieldset>
  );
}
