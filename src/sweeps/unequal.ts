import { type Group, shownValue } from "./groups.js";

/** Environments and budgets that groups don't share, such as `steps: 100000 and 200000`. Empty if they are equal. */
export function unequalSettings(groups: readonly Pick<Group, "settings">[]): string[] {
  const names = [...new Set(groups.flatMap(({ settings }) => Object.keys(settings)))];
  const compared = names.filter((name) => BUDGET.includes(name) || name.startsWith("env."));
  return compared.flatMap((name) => {
    const values = [...new Set(groups.map(({ settings }) => shownValue(settings[name])))];
    return values.length > 1 ? `${name}: ${values.join(" and ")}` : [];
  });
}

const BUDGET = ["env", "episodes", "steps", "until"];
