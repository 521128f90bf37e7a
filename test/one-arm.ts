import type { MujocoTask } from "../src/mujoco/index.js";

/** The smallest robot: one arm that turns about its end, paid for being high. */
export function oneArm(length = 1): MujocoTask {
  return {
    xml: `<mujoco>
      <size memory="100K"/>
      <worldbody>
        <body name="arm">
          <joint name="shoulder" axis="0 1 0" damping="0.1"/>
          <geom type="capsule" fromto="0 0 0 0 0 -${length}" size="0.05"/>
          <site name="tip" pos="0 0 -${length}"/>
        </body>
      </worldbody>
      <actuator><motor joint="shoulder" gear="20" ctrlrange="-1 1"/></actuator>
    </mujoco>`,
    frameSkip: 10,
    start({ qpos }, rng) {
      qpos[0] = rng.uniform(-0.1, 0.1);
    },
    observe: ({ qpos, qvel }) => [...qpos, ...qvel],
    judge(robot) {
      return { reward: robot.site("tip")[2] };
    },
  };
}
