/** The file `data` in a zip of Stable-Baselines3: JSON, with what JSON can't hold as pickles in base64. */

import { ConfigError } from "../../errors.js";
import { CorruptFileError } from "../../formats/safetensors.js";
import type { Activation } from "../../tensor/index.js";

/** What is needed of a model to rebuild its policy. */
export interface ModelData {
  readonly algorithm: "ppo" | "a2c";
  /** The number of steps that it was trained for. */
  readonly steps: number;
  readonly activation: Activation;
  /** Pickles of the spaces. */
  readonly observationSpace: Uint8Array;
  readonly actionSpace: Uint8Array;
}

type Fields = Readonly<Record<string, unknown>>;

/** PyTorch's activations that Ascent has too. Its GELU is not one: it is the exact form, Ascent's that with tanh. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = { Tanh: "tanh", ReLU: "relu", Identity: "none" };

/** @throws CorruptFileError for a damaged file @throws ConfigError for another algorithm, and for what it lacks here */
export function readModelData(bytes: Uint8Array): ModelData {
  const data = parsed(bytes);
  if (data.use_sde === true)
    throw new ConfigError({ field: "use_sde", given: true, allowed: "a model without state-dependent exploration" });
  return {
    algorithm: algorithmOf(data),
    steps: typeof data.num_timesteps === "number" ? data.num_timesteps : 0,
    activation: activationOf(data.policy_kwargs),
    observationSpace: pickleIn(data, "observation_space"),
    actionSpace: pickleIn(data, "action_space"),
  };
}

function parsed(bytes: Uint8Array): Fields {
  try {
    const data: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (isFields(data)) return data;
  } catch (error) {
    throw new CorruptFileError(`the data of this model are no JSON (${(error as Error).message})`);
  }
  throw new CorruptFileError("the data of this model are no object");
}

/** A model does not name its algorithm, but has its settings. */
function algorithmOf(data: Fields): ModelData["algorithm"] {
  if ("gae_lambda" in data && "ent_coef" in data) return "clip_range" in data ? "ppo" : "a2c";
  const allowed = "a model of PPO or A2C";
  throw new ConfigError({ field: "model", given: "a model without gae_lambda and ent_coef", allowed });
}

function activationOf(kwargs: unknown): Activation {
  const given = isFields(kwargs) ? kwargs.activation_fn : undefined;
  if (given === undefined) return "tanh";
  const name = /\.(\w+)'>$/.exec(String(given))?.[1] ?? "";
  if (Object.hasOwn(ACTIVATIONS, name)) return ACTIVATIONS[name];
  const allowed = `one of torch.nn.${Object.keys(ACTIVATIONS).join(", torch.nn.")}`;
  throw new ConfigError({ field: "policy_kwargs.activation_fn", given, allowed });
}

function pickleIn(data: Fields, field: string): Uint8Array {
  const value = data[field];
  const text = isFields(value) ? value[":serialized:"] : undefined;
  if (typeof text !== "string") throw new CorruptFileError(`the data of this model lack ${field}`);
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new CorruptFileError(`the ${field} of this model is not base64`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
