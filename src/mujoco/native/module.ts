/** What Ascent uses of the package `@mujoco/mujoco`. The package's own types say `any` where a view of its memory is. */

/** The release that Ascent is tested with. Others may give other bits: 4.0 simulates spinning bodies differently. */
export const MUJOCO_VERSION = "3.14.0";

/** An object in the memory of MuJoCo. It only ends when `delete` is called. */
interface Native {
  delete(): void;
}

/** The arrays of a state, each a view of MuJoCo's memory. A view has length 0 after that memory has grown. */
export interface StateArrays {
  readonly qpos: Float64Array;
  readonly qvel: Float64Array;
  readonly ctrl: Float64Array;
  readonly xpos: Float64Array;
  readonly site_xpos: Float64Array;
  readonly geom_xpos: Float64Array;
  readonly geom_xmat: Float64Array;
  readonly cfrc_ext: Float64Array;
  readonly qfrc_constraint: Float64Array;
}

/** A state of a model, and what follows from it. */
export interface NativeData extends Native, StateArrays {}

/** A compiled model. */
export interface NativeModel extends Native {
  readonly nu: number;
  readonly ngeom: number;
  readonly opt: { readonly timestep: number };
  readonly actuator_ctrlrange: Float64Array;
  readonly geom_type: Int32Array;
  readonly geom_size: Float64Array;
  readonly geom_rgba: Float32Array;
}

interface Doubles extends Native {
  GetView(): Float64Array;
}

export interface MujocoModule {
  mj_versionString(): string;
  readonly MjModel: { from_xml_string(xml: string): NativeModel };
  readonly MjData: new (model: NativeModel) => NativeData;
  readonly DoubleBuffer: new (length: number) => Doubles;
  readonly mjtState: { readonly mjSTATE_INTEGRATION: { readonly value: number } };
  readonly mjtObj: Readonly<Record<"mjOBJ_BODY" | "mjOBJ_SITE", { readonly value: number }>>;
  mj_name2id(model: NativeModel, type: number, name: string): number;
  mj_resetData(model: NativeModel, data: NativeData): void;
  mj_forward(model: NativeModel, data: NativeData): void;
  mj_kinematics(model: NativeModel, data: NativeData): void;
  mj_step(model: NativeModel, data: NativeData): void;
  mj_rnePostConstraint(model: NativeModel, data: NativeData): void;
  mj_stateSize(model: NativeModel, parts: number): number;
  mj_getState(model: NativeModel, data: NativeData, out: Doubles, parts: number): void;
  mj_setState(model: NativeModel, data: NativeData, state: readonly number[], parts: number): void;
}

/** A list of numbers in MuJoCo's memory. */
export type NativeDoubles = Doubles;
