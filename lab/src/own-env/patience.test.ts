import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Patience } from "./patience.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("ends once, after the last expected answer did not come", () => {
  const over = vi.fn();
  const patience = new Patience(over);
  patience.expect(10);
  vi.advanceTimersByTime(9000);
  patience.expect(10);
  vi.advanceTimersByTime(9000);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);
  expect(over).toHaveBeenCalledTimes(1);
});

it("waits for nothing while it rests", () => {
  const over = vi.fn();
  const patience = new Patience(over);
  patience.expect(2);
  patience.rest();
  vi.advanceTimersByTime(60_000);
  expect(over).not.toHaveBeenCalled();
});
