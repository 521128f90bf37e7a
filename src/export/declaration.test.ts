import ts from "typescript";
import { describe, expect, it } from "vitest";
import { cartPole, hands, type SomeOptions, somePolicy } from "../../test/exported-policies.js";
import type { Policy } from "../policies/policy.js";
import { box, discrete, multiBinary, multiDiscrete, type Space } from "../spaces/index.js";
import { toDeclaration } from "./declaration.js";
import { toModule } from "./module.js";
import { toOnnx } from "./onnx.js";
import { toTorch } from "./torch.js";

const torque = box({ low: [-2, 0], high: [2, 1] });

/** The exported names of a module or a declaration file, those of functions with their parameters, in alphabetical order. */
function exportsOf(name: string, text: string): string[] {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const exported = (node: ts.Statement): node is ts.FunctionDeclaration | ts.VariableStatement =>
    (ts.isFunctionDeclaration(node) || ts.isVariableStatement(node)) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return tree.statements
    .filter(exported)
    .map((node) =>
      ts.isVariableStatement(node)
        ? node.declarationList.declarations[0].name.getText(tree)
        : `${node.name?.getText(tree)}(${node.parameters.map((parameter) => parameter.name.getText(tree)).join(", ")})`,
    )
    .sort();
}

const cases: [what: string, observations: Space<unknown>, actions: Space<unknown>, options: SomeOptions][] = [
  ["one choice", hands, discrete(3), { activation: "relu" }],
  ["several choices with memory", cartPole, multiDiscrete([2, 3]), { activation: "relu", memory: 4 }],
  ["switches", discrete(4), multiBinary(2), { activation: "relu" }],
  ["numbers as they are", cartPole, torque, { activation: "relu", scaleActions: false }],
  ["squashed numbers", cartPole, torque, { activation: "relu", continuous: "squashed-gaussian" }],
  ["state-dependent noise", cartPole, torque, { activation: "relu", continuous: "state-dependent" }],
];

describe("the declarations of an exported module name exactly what it exports:", () => {
  it.each(cases)("%s", (_, observations, actions, options) => {
    const policy = somePolicy(observations, actions, options);
    expect(exportsOf("policy.d.mts", toDeclaration(policy))).toEqual(exportsOf("policy.mjs", toModule(policy)));
  });
});

it("observations and actions have the types of their spaces", () => {
  const text = toDeclaration(somePolicy(cartPole, multiDiscrete([2, 3]), { activation: "relu", memory: 4 }));
  expect(text).toContain(
    "act(observation: ArrayLike<number>, memory: Float32Array, mask?: ArrayLike<number | boolean>): Int32Array;",
  );
});

it("a misspelt option of an export is refused", () => {
  const policy = somePolicy(cartPole, discrete(2), { activation: "relu" });
  for (const write of [toModule, toOnnx, toTorch] as ((policy: Policy, options: object) => unknown)[])
    expect(() => write(policy, { abuot: {} })).toThrow(
      "abuot: got {}, allowed is only about, version. Did you mean about?",
    );
});
