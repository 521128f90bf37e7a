import { describe, expect, it } from "vitest";
import { Gate } from "./gate.js";

describe("the gate", () => {
  it("lets in the token in its header, and nothing like it", () => {
    const gate = new Gate(() => 0);
    expect(gate.token).toMatch(/^[0-9a-f]{32}$/);
    expect(gate.enter(`Bearer ${gate.token}`)).toBe("in");
    expect(gate.enter(undefined)).toBe("unknown");
    for (const wrong of ["", gate.token, `Bearer ${gate.token} `, `Bearer ${gate.token.slice(1)}`, "Bearer "])
      expect(gate.enter(wrong), wrong).toBe("wrong");
    expect(new Gate(() => 0).enter(`Bearer ${gate.token}`)).toBe("wrong");
  });

  it("looks at no token for a while after 50 wrong ones, and then at 5 a second", () => {
    let now = 0;
    const gate = new Gate(() => now);
    const guess = () => gate.enter("Bearer 0");
    for (let i = 0; i < 50; i++) expect(guess()).toBe("wrong");
    expect(guess()).toBe("too many");
    expect(gate.enter(`Bearer ${gate.token}`)).toBe("too many");
    now = 200;
    expect(gate.enter(`Bearer ${gate.token}`)).toBe("in");
    expect([guess(), guess()]).toEqual(["wrong", "too many"]);
    now = 1e9;
    expect(Array.from({ length: 51 }, guess).filter((entry) => entry === "wrong").length).toBe(50);
  });

  it("does not count those who say nothing", () => {
    const gate = new Gate(() => 0);
    for (let i = 0; i < 1000; i++) expect(gate.enter(undefined)).toBe("unknown");
    expect(gate.enter(`Bearer ${gate.token}`)).toBe("in");
  });

  it("lets in once by a ticket, within a minute", () => {
    let now = 0;
    const gate = new Gate(() => now);
    const [first, late] = [gate.makeTicket(), gate.makeTicket()];
    expect(first).not.toBe(gate.token);
    expect([gate.useTicket(first), gate.useTicket(first)]).toEqual(["in", "used"]);
    now = 60_001;
    expect([gate.useTicket(late), gate.useTicket(gate.token)]).toEqual(["wrong", "wrong"]);
  });
});
