/** The arguments of an exported module's functions: an observation and, if the policy has one, its memory. */

/** Pieces of JavaScript source that all kinds of head use for their functions. */
export interface CallSource {
  /** The first parameters of every function, and the arguments of `network`. */
  readonly parameters: string;
  /** The network's outputs, checked. */
  readonly outputs: string;
  /** JSDoc of these parameters for functions that take a step. */
  readonly acting: string;
  /** JSDoc of these parameters for functions that leave the memory unchanged. */
  readonly looking: string;
  /** The array that the first layer reads. */
  readonly inputs: "features" | "next";
  /** Statements that return this action. They update the memory last, so an error leaves it unchanged. */
  returning(action: string): string;
}

/** `type` is the JSDoc type of the observation. */
export function callSource(type: string, hasMemory: boolean): CallSource {
  const observation = ` * @param {${type}} observation`;
  if (!hasMemory)
    return {
      parameters: "observation",
      outputs: "finite(network(observation))",
      acting: observation,
      looking: observation,
      inputs: "features",
      returning: (action) => `return ${action};`,
    };
  const memory = " * @param {Float32Array} memory";
  return {
    parameters: "observation, memory",
    outputs: "finite(network(observation, memory))",
    acting: `${observation}\n${memory} of this episode, at first \`initialMemory()\`; the call updates it`,
    looking: `${observation}\n${memory} as for \`act\`; the call leaves it unchanged`,
    inputs: "next",
    returning: (action) => `const action = ${action};\n  memory.set(next);\n  return action;`,
  };
}
