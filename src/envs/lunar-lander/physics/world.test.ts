/** The solver alone, compared with mechanics. */

import { describe, expect, it } from "vitest";
import { edge, lay } from "./ground.js";
import { massProperties, polygon } from "./polygon.js";
import { type Joint, revoluteJoint } from "./revolute-joint.js";
import { type Body, outline, place, rigidBody } from "./rigid-body.js";
import { begin, step, type World, world } from "./world.js";

const G = -10;
const SECONDS = 0.02;

function box(halfWidth: number, halfHeight: number, { density = 1, friction = 0.5 } = {}): Body {
  const w = halfWidth;
  const h = halfHeight;
  const corners = [
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ] as const;
  return rigidBody(polygon(corners), { density, friction });
}

/** Bodies over one straight piece of ground through the origin, 100 m to either side, with the given slope. */
function over({ slope = 0, friction = 0.5 }, bodies: readonly Body[], joints: readonly Joint[] = []): World {
  const ground = edge(friction);
  lay(ground, [-100, -100 * slope], [100, 100 * slope]);
  const made = world(bodies, joints, [ground], G);
  begin(made);
  return made;
}

/** The lowest of a body's corners. */
function bottom(body: Body): number {
  outline(body);
  return Math.min(...body.cornerY);
}

describe("mass", () => {
  it("of a rectangle of 2 by 4 and density 3 is 24, its inertia m (a² + b²) / 12, wherever it lies", () => {
    const corners = [
      [5, 1],
      [7, 1],
      [7, 5],
      [5, 5],
    ] as const;
    const { mass, centreX, centreY, inertia } = massProperties(polygon(corners), 3);
    expect([mass, centreX, centreY]).toEqual([24, 6, 3]);
    expect(inertia).toBeCloseTo((24 * (4 + 16)) / 12, 9);
  });
});

describe("a body", () => {
  it("falls by g t² / 2, as a sum of steps", () => {
    const body = box(0.5, 0.5);
    const falling = over({}, [body]);
    place(body, 0, 50, 0.3);
    for (let t = 0; t < 50; t++) step(falling, SECONDS);
    expect(body.vy).toBeCloseTo(-10, 9);
    expect(body.y).toBeCloseTo(50 - 10 * SECONDS * SECONDS * ((50 * 51) / 2), 9);
  });

  it("comes to rest on the ground, skin on skin, and falls asleep half a second later", () => {
    const body = box(0.5, 0.25);
    const falling = over({}, [body]);
    place(body, 0, 1, 0.4);
    let steps = 1;
    while (steps < 500 && step(falling, SECONDS)) steps++;
    expect(steps).toBeGreaterThan(25 + 17);
    expect(steps).toBeLessThan(120);
    expect(body.grounded).toBe(true);
    expect(bottom(body)).toBeGreaterThan(0.01);
    expect(bottom(body)).toBeLessThan(0.021);
    expect(Math.abs(body.angle)).toBeLessThan(1e-3);
    expect([body.vx, body.vy, body.spin]).toEqual([0, 0, 0]);
  });

  it("does not pass through the ground, however fast it is, and touches it in the step in which it arrives", () => {
    const body = box(0.1, 0.1);
    const falling = over({}, [body]);
    place(body, 0, 1.5, 0.2);
    body.vy = -200;
    step(falling, SECONDS);
    expect(body.hasTouched).toBe(true);
    expect(bottom(body)).toBeGreaterThan(0);
    for (let t = 0; t < 100; t++) step(falling, SECONDS);
    expect(bottom(body)).toBeGreaterThan(0.01);
  });

  it("stays on a slope below the friction, and slides with g (sin α − μ cos α) on a steeper one", () => {
    const speedOn = (slope: number): number => {
      const body = box(0.5, 0.1);
      const sliding = over({ slope }, [body]);
      const length = Math.sqrt(1 + slope * slope);
      const upX = -slope / length;
      const upY = 1 / length;
      place(body, 0.12 * upX, 0.12 * upY, slope === 0.4 ? SLOPE_04 : SLOPE_06);
      for (let t = 0; t < 50; t++) step(sliding, SECONDS);
      return Math.sqrt(body.vx * body.vx + body.vy * body.vy);
    };
    expect(speedOn(0.4)).toBeLessThan(1e-6);
    expect(speedOn(0.6)).toBeCloseTo((10 * (0.6 - 0.5)) / Math.sqrt(1.36), 2);
  });
});

/** atan 0.4 and atan 0.6 */
const SLOPE_04 = 0.3805063771123649;
const SLOPE_06 = 0.5404195002705842;

describe("a hinge", () => {
  /** A light arm on the right of a heavy block, hinged at its end, in free fall. */
  function armed(motor: { motorSpeed: number; maxTorque: number }): {
    pair: World;
    block: Body;
    arm: Body;
    joint: Joint;
  } {
    const block = box(2, 2, { density: 1000 });
    const arm = box(0.5, 0.1);
    const settings = { zero: 0, lower: -0.5, upper: 0.5, ...motor };
    const anchors = { anchorAX: 2, anchorAY: 0, anchorBX: -0.5, anchorBY: 0 };
    const joint = revoluteJoint({ a: block, b: arm, ...anchors, ...settings });
    const pair = over({}, [block, arm], [joint]);
    place(block, 0, 1000, 0);
    place(arm, 2.5, 1000, 0);
    return { pair, block, arm, joint };
  }
  const gap = ({ block, arm }: { block: Body; arm: Body }): number => {
    const x = block.x + 2 * block.cos - (arm.x - 0.5 * arm.cos);
    const y = block.y + 2 * block.sin - (arm.y - 0.5 * arm.sin);
    return Math.sqrt(x * x + y * y);
  };

  it("holds while its motor turns it at its speed, and stops at its limit", () => {
    const one = armed({ motorSpeed: 1, maxTorque: 100 });
    step(one.pair, SECONDS);
    expect(one.arm.spin - one.block.spin).toBeCloseTo(1, 6);
    for (let t = 0; t < 20; t++) step(one.pair, SECONDS);
    expect(one.arm.angle - one.block.angle).toBeCloseTo(0.42, 2);
    for (let t = 0; t < 40; t++) step(one.pair, SECONDS);
    expect(one.arm.angle - one.block.angle).toBeGreaterThan(0.5);
    expect(one.arm.angle - one.block.angle).toBeLessThan(0.5 + 0.036);
    expect(one.joint.limit).toBe(1);
    expect(gap(one)).toBeLessThan(0.005);
  });

  it("has a motor of limited torque, which accelerates by τ over the inertia about the hinge", () => {
    const one = armed({ motorSpeed: 100, maxTorque: 0.01 });
    for (let t = 0; t < 10; t++) step(one.pair, SECONDS);
    const inertia = (0.2 * (1 + 0.04)) / 12 + 0.2 * 0.25;
    expect(one.arm.spin).toBeCloseTo((0.01 * 0.2) / inertia, 4);
  });
});
