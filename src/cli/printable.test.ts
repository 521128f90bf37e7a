import { join } from "node:path";
import { expect, test } from "vitest";
import { shown } from "./closing.js";
import { oneLine, printable, printableJson } from "./printable.js";

/** ESC, BEL, DEL and CSI as one character: what terminals obey. */
const NASTY = "a\x1b[31m\x07\x7f\x9b2Jb";

test("control characters are written out, and other text stays as it is", () => {
  expect(printable(NASTY)).toBe("a\\x1b[31m\\x07\\x7f\\x9b2Jb");
  expect(printable("é 世界\n\tline")).toBe("é 世界\n\tline");
  expect(oneLine("a\nb\tc")).toBe("a\\x0ab\\x09c");
});

test("JSON keeps its value without a control character in it", () => {
  const text = printableJson({ name: NASTY }, 2);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(JSON.parse(text)).toEqual({ name: NASTY });
});

test("a folder is shown as a word of a shell, which stands for the same folder", () => {
  expect(shown(join(process.cwd(), "runs/a-1"))).toBe("runs/a-1");
  expect(shown("/tmp/it's here")).toBe("'/tmp/it'\\''s here'");
  expect(shown("/tmp/\x1b]0;it's\\\n")).toBe("$'/tmp/\\x1b]0;it\\'s\\\\\\x0a'");
});
