import { expect, it } from "vitest";
import { integer, message, textField } from "./protobuf.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

it("the examples of the encoding guide have the bytes printed there", () => {
  expect(hex(integer(1, 150))).toBe("089601");
  expect(hex(textField(2, "testing"))).toBe("120774657374696e67");
  expect(hex(message(3, [integer(1, 150)]))).toBe("1a03089601");
});

it("numbers beyond 32 bits and fields beyond 15 keep all their bits", () => {
  expect(hex(integer(1, 2 ** 53 - 1))).toBe("08ffffffffffffff0f");
  expect(hex(integer(20, 2))).toBe("a00102");
});

it("the length of a text is the length of its UTF-8", () => {
  expect(hex(textField(1, "π"))).toBe("0a02cf80");
});
