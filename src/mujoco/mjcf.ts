/** Writes MJCF, the XML in which MuJoCo reads models. */

/** The value of an attribute. A list is written with spaces between its numbers. */
type Attribute = string | number | boolean | readonly number[];

/** `part("geom", { type: "sphere", size: 0.1 })` is `<geom type="sphere" size="0.1"/>`; what is inside follows. */
export function part(name: string, attributes: Readonly<Record<string, Attribute>>, ...inside: string[]): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${Array.isArray(value) ? value.join(" ") : value}"`,
  );
  const start = `<${name}${written.join("")}`;
  return inside.length === 0 ? `${start}/>` : `${start}>\n${inside.join("\n")}\n</${name}>`;
}

/** The memory for contacts and constraints. Our robots use 24 kB of it at most; MuJoCo's own choice would be 6 to 15 MB. */
const ARENA = part("size", { memory: "512K" });

/** The settings of a model, by element. */
export interface ModelParts {
  readonly compiler?: Readonly<Record<string, Attribute>>;
  readonly option: Readonly<Record<string, Attribute>>;
  /** What joints and geoms have unless they say otherwise. */
  readonly joint?: Readonly<Record<string, Attribute>>;
  readonly geom?: Readonly<Record<string, Attribute>>;
  readonly world: readonly string[];
  readonly motors: readonly string[];
}

/** A whole model. */
export function model(
  name: string,
  { compiler = {}, option, joint = {}, geom = {}, world, motors }: ModelParts,
): string {
  return part(
    "mujoco",
    { model: name },
    part("compiler", { inertiafromgeom: true, ...compiler }),
    part("option", option),
    ARENA,
    part("default", {}, part("joint", joint), part("geom", geom)),
    part("worldbody", {}, ...world),
    part("actuator", {}, ...motors),
  );
}

/** A motor that turns or pushes a joint: the force is `gear` times the action, which is clipped to ±`bound`. */
export function motor(joint: string, gear: number, bound = 1): string {
  return part("motor", { joint, gear, ctrllimited: true, ctrlrange: [-bound, bound] });
}

/**
 * The three joints that hold a robot in the plane of x and z: forwards, upwards, and the pitch. They have no spring,
 * friction or limit, and `height` is where the body that has them stands in the model.
 */
export function planarRoot(height: { readonly below: number; readonly ref: number }): string[] {
  const free = { armature: 0, damping: 0, stiffness: 0, limited: false };
  const pos = [0, 0, -height.below];
  return [
    part("joint", { name: "forward", type: "slide", axis: [1, 0, 0], pos, ...free }),
    part("joint", { name: "up", type: "slide", axis: [0, 0, 1], pos, ref: height.ref, ...free }),
    part("joint", { name: "pitch", type: "hinge", axis: [0, 1, 0], ...free }),
  ];
}
