import { describe, expect, it } from "vitest";
import { formulaText } from "./formula.js";

describe("a formula in Unicode", () => {
  it.each([
    ["\\nabla \\log \\pi_\\theta(a_t \\mid s_{t+1})", "∇log π_θ(aₜ | sₜ₊₁)"],
    ["A_t = \\delta_t + \\gamma\\lambda\\, A_{t+1}", "Aₜ = δₜ + γλ Aₜ₊₁"],
    ["\\lambda = 0", "λ = 0"],
    ["50000^{2048}", "50000²⁰⁴⁸"],
    ["\\frac{\\mathbb{E}[x G]}{n}", "(E[x G])/n"],
    ["\\frac12", "1/2"],
    ["\\sqrt{2}", "√2"],
    ["\\pi \\propto \\pi_{ref} \\exp(r/\\beta)", "π ∝ π_(ref) exp (r/β)"],
    ["J = 1 \\qquad G = 2", "J = 1     G = 2"],
    ["\\theta \\leftarrow \\theta + 1", "θ ← θ + 1"],
    ["\\begin{aligned} a &= 1 \\\\ b &= 2 \\end{aligned}", "a = 1\nb = 2"],
  ])("%s", (tex, text) => {
    expect(formulaText(tex)).toBe(text);
  });

  it.each(["{a", "a}", "\\frac{1}{2", "a_{t} }"])("needs a } for each {: %s", (tex) => {
    expect(() => formulaText(tex)).toThrow("allowed is a } for each {");
  });

  it("needs commands that are known", () => {
    expect(() => formulaText("\\aleph")).toThrow('formula: got "\\\\aleph"');
  });
});
