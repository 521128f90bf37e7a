/** The TeX commands of the pages, and the letters that Unicode has above and below the line. */

/** A wide space, which is kept where others are joined. */
export const WIDE = "\u2003";

/** Marks that are set above the letter before them. */
export const ACCENTS: Readonly<Record<string, string>> = { "\\hat": "\u0302", "\\dot": "\u0307" };

/** A space stands where a word would run into its neighbour. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  "\\alpha": "α",
  "\\beta": "β",
  "\\gamma": "γ",
  "\\delta": "δ",
  "\\epsilon": "ε",
  "\\varepsilon": "ε",
  "\\theta": "θ",
  "\\lambda": "λ",
  "\\mu": "μ",
  "\\pi": "π",
  "\\phi": "φ",
  "\\rho": "ρ",
  "\\sigma": "σ",
  "\\tau": "τ",
  "\\Sigma": "Σ",
  "\\Delta": "Δ",
  "\\nabla": "∇",
  "\\partial": "∂",
  "\\sum": "Σ",
  "\\prod": "∏",
  "\\log": "log ",
  "\\ln": "ln ",
  "\\exp": "exp ",
  "\\min": "min",
  "\\max": "max",
  "\\infty": "∞",
  "\\cdot": "·",
  "\\pm": "±",
  "\\times": "×",
  "\\to": " → ",
  "\\rightarrow": " → ",
  "\\leftarrow": " ← ",
  "\\approx": " ≈ ",
  "\\propto": " ∝ ",
  "\\sim": " ~ ",
  "\\le": " ≤ ",
  "\\ge": " ≥ ",
  "\\ne": " ≠ ",
  "\\in": " ∈ ",
  "\\mid": " | ",
  "\\star": "*",
  "\\dots": "…",
  "\\ldots": "…",
  "\\cdots": "⋯",
  "\\lVert": "‖",
  "\\rVert": "‖",
  "\\|": "‖",
  "\\left": "",
  "\\right": "",
  "\\big": "",
  "\\bigl": "",
  "\\bigr": "",
  "\\Bigl": "",
  "\\Bigr": "",
  "\\quad": WIDE,
  "\\qquad": WIDE,
  "\\ ": " ",
  "\\,": " ",
  "\\;": " ",
  "\\!": "",
  "\\{": "{",
  "\\}": "}",
};

const pairs = (from: string, to: string): Readonly<Record<string, string>> => {
  const letters = [...to];
  return Object.fromEntries([...from].map((letter, i) => [letter, letters[i]]));
};

export const SUBSCRIPTS = pairs("0123456789+-−=()aehijklmnoprstuvxβγρ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨ");
export const SUPERSCRIPTS = pairs(
  "0123456789+-−=()abcdefghijklmnoprstuvwxyz*θ′",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*ᶿ′",
);
