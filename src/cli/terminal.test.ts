import { expect, test } from "vitest";
import { colours, cut, wantsColour, widthOf } from "./colour.js";
import { Painting } from "./painting.js";
import { table } from "./table.js";

const { good } = colours(true);

/** A terminal that remembers what was written. */
function terminal(
  columns: number,
  rows = 10,
): { columns: number; rows: number; written: string; write(text: string): void } {
  return {
    columns,
    rows,
    written: "",
    write(text) {
      this.written += text;
    },
  };
}

test("escape sequences take up no columns, and a cut line ends its colours", () => {
  expect(good("yes")).toBe("\x1b[32myes\x1b[39m");
  expect(widthOf(`a${good("⠶⠶")}`)).toBe(3);
  expect(cut("abcdef", 3)).toBe("abc");
  expect(cut(`a${good("bcdef")}g`, 3)).toBe("a\x1b[32mbc\x1b[0m");
  expect(cut(good("abc"), 3)).toBe(good("abc"));
  expect(colours(false).good("yes")).toBe("yes");
});

test("there are no colours without a terminal, with NO_COLOR, or with --no-color", () => {
  const { NO_COLOR, TERM } = process.env;
  process.env.NO_COLOR = "";
  process.env.TERM = "xterm";
  expect([wantsColour({ isTTY: true }, false), wantsColour({ isTTY: true }, true), wantsColour({}, false)]).toEqual([
    true,
    false,
    false,
  ]);
  process.env.NO_COLOR = "1";
  expect(wantsColour({ isTTY: true }, false)).toBe(false);
  Object.assign(process.env, { NO_COLOR, TERM });
  if (NO_COLOR === undefined) delete process.env.NO_COLOR;
});

test("a painting is drawn over the one before, cut to the terminal", () => {
  const screen = terminal(20);
  const painting = new Painting(screen);
  painting.draw(["one", "a line that is too long for it"]);
  screen.written = "";
  painting.draw(["two"]);
  expect(screen.written).toBe("\x1b[?2026h\x1b[2F\x1b[0Jtwo\n\x1b[?2026l");
  painting.end();
});

test("after the terminal was made narrower, the rows of wrapped lines are counted", () => {
  const screen = terminal(80);
  const painting = new Painting(screen);
  painting.draw(["x".repeat(70), "y"]);
  screen.columns = 30;
  screen.written = "";
  painting.draw(["z"]);
  expect(screen.written).toContain("\x1b[4F");
  painting.end();
});

test("a painting is never higher than the terminal, and shows the cursor again", () => {
  const screen = terminal(80, 6);
  const painting = new Painting(screen);
  expect(screen.written).toBe("\x1b[?25l");
  painting.draw(Array(20).fill("line"));
  expect(screen.written.split("line\n")).toHaveLength(6);
  const listeners = process.listenerCount("exit");
  painting.end();
  expect(screen.written.endsWith("\x1b[?25h")).toBe(true);
  expect(process.listenerCount("exit")).toBe(listeners - 1);
});

test("columns of a table are aligned, numbers to the right", () => {
  expect(
    table(
      ["NAME", "N", "WHAT"],
      [
        ["one", "1", "first"],
        ["twenty", "1,020", good("second")],
      ],
    ),
  ).toBe(["NAME        N  WHAT", "one         1  first", `twenty  1,020  ${good("second")}`].join("\n"));
  expect(table(["A", "B"], [["x", "a long text"]], 8)).toBe("A  B\nx  a lon");
});
