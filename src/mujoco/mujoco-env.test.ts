import { beforeAll, describe, expect, it } from "vitest";
import { oneArm } from "../../test/one-arm.js";
import { checkEnv } from "../envs/index.js";
import { loadMujoco, mujocoEnv } from "./index.js";

describe("before MuJoCo is loaded", () => {
  it("an environment says what to await", () => {
    expect(() => mujocoEnv(oneArm())).toThrow(
      'MuJoCo: got "not loaded yet", allowed is await loadMujoco() or await registerMujoco()',
    );
  });
});

describe("a model of one's own", () => {
  beforeAll(loadMujoco);

  it("has spaces that the model and the observation give", () => {
    const { observationSpace, actionSpace } = mujocoEnv(oneArm());
    expect([String(observationSpace), String(actionSpace)]).toEqual([
      "Box(-Infinity, Infinity, [2])",
      "Box(-1, 1, [1])",
    ]);
  });

  it("is a sound environment", () => {
    const findings = checkEnv(() => mujocoEnv(oneArm()), { seeds: 2, steps: 30 });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("turns the way its motor pushes, and is seen there", () => {
    const env = mujocoEnv(oneArm());
    const pushed = (torque: number): number => {
      env.reset({ seed: 0 });
      for (let i = 0; i < 20; i++) env.step(Float32Array.of(torque));
      return env.step(Float32Array.of(torque)).observation[0];
    };
    expect(pushed(1)).toBeGreaterThan(0.4);
    expect(pushed(-1)).toBeLessThan(-0.4);
    const capsule = env.render?.().shapes.find(({ kind }) => kind === "line");
    // Pushed about −y, the arm that hangs from the origin swings to the right.
    expect(capsule?.kind === "line" && Math.max(...capsule.points.map(([x]) => x))).toBeGreaterThan(0.3);
  });

  it("without control ranges any action goes", () => {
    const free = oneArm();
    const { actionSpace } = mujocoEnv({ ...free, xml: free.xml.replace('ctrlrange="-1 1"', "") });
    expect(String(actionSpace)).toBe("Box(-Infinity, Infinity, [1])");
  });

  it.each([
    ["text that is no XML", "hello", /^xml: got "what MuJoCo can't compile \(XML parse error/],
    ["an unknown element", "<mujoco><world/></mujoco>", /unrecognized element; Element 'world', line 1\)/],
    ["nothing that moves", "<mujoco/>", /^xml: got "no actuator", allowed is a model with an actuator/],
  ])("that is %s is refused with what MuJoCo says", (_, xml, message) => {
    expect(() => mujocoEnv({ ...oneArm(), xml })).toThrow(message);
  });

  it("whose task names a body that isn't there says so", () => {
    const lost = { ...oneArm(), observe: (robot: { body(name: string): Float64Array }) => robot.body("leg") };
    expect(() => mujocoEnv(lost)).toThrow('body: got "leg", allowed is the name of a body of the model');
    expect(() => mujocoEnv({ ...oneArm(), frameSkip: 0 })).toThrow("frameSkip: got 0");
  });
});
