/** What is wrong with the code, in words: of the compiler, of the last run, and of the check. */

import { goTo } from "./editor.js";
import { checked, code, problems, trouble, work } from "./own-state.js";

/** More would be a wall of text; they usually follow from the first. */
const MOST = 5;

export function Findings() {
  const found = problems.value;
  const one = trouble.value;
  const report = checked.value;
  const now = work.value;
  const typed = (found ?? []).length > 0 ? " It runs; what the compiler finds is about its types." : "";
  return (
    <div class="findings" aria-live="polite">
      {now.kind === "starting" && <p>Your code is being started …</p>}
      {now.kind === "checking" && <p>{`Checking: ${now.words} …`}</p>}
      {one !== undefined && (
        <p class="trouble" role="alert">
          {one.line !== undefined && <Line line={one.line} />}
          {one.message}
        </p>
      )}
      {found === undefined && one === undefined && <p class="help">The types are being loaded …</p>}
      {found !== undefined && found.length > 0 && (
        <ul aria-label="What the compiler finds">
          {found.slice(0, MOST).map(({ from, message }) => (
            <li key={`${from} ${message}`}>
              <Line line={code.value.slice(0, from).split("\n").length} />
              {message}
            </li>
          ))}
          {found.length > MOST && <li>{`and ${found.length - MOST} more`}</li>}
        </ul>
      )}
      {report !== undefined && (
        <section aria-label="What the check finds">
          <p data-checked>
            {report.findings.length === 0
              ? `${report.id} passes every check: its spaces, its seeds, what it returns, and its pictures.${typed}`
              : `The check of ${report.id} has ${report.findings.length === 1 ? "one finding" : `${report.findings.length} findings`}.`}
          </p>
          <ul>
            {report.findings.map(({ severity, check, message, advice }) => (
              <li key={check} class={severity}>
                <strong>{`${severity}: ${check}`}</strong> {message}
                {advice !== undefined && <span class="help">{advice}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Line({ line }: { readonly line: number }) {
  return (
    <button type="button" class="line" onClick={() => goTo(line)}>
      {`Line ${line}`}
    </button>
  );
}
