/**
 * MuJoCo's bindings write functions as text, two kinds of them, and have `Function` compile it. A page whose policy forbids
 * that, as it should, would have no robots. Here the same functions are made without compiling text, from what the text says.
 */

/** How a type goes to WebAssembly and back. */
interface Wire {
  toWireType(destructors: unknown[] | null, value: unknown): unknown;
  fromWireType(value: unknown): unknown;
  readValueFromPointer(pointer: number): unknown;
  readonly argPackAdvance: number;
}
type Call = (...given: unknown[]) => unknown;
type Maker = (...values: unknown[]) => Call;

/** Lets MuJoCo be loaded where text can't be compiled. It changes nothing elsewhere, nor for any other text. */
export function allowWrittenFunctions(): void {
  if (compilesText()) return;
  globalThis.Function = new Proxy(Function, {
    construct: (target, given: string[], as) => makerFrom(given) ?? Reflect.construct(target, given, as),
  });
}

function compilesText(): boolean {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
}

/** What `new Function(...names, body)` would give; undefined for a text of another kind. */
function makerFrom(given: readonly string[]): Maker | undefined {
  const names = given.slice(0, -1);
  const body = given.at(-1) ?? "";
  if (names[0] === "humanName" && names.at(-1) === "maxArgs") return intoWebAssembly(names, body);
  if (names[0] === "retType" && body.startsWith("return function (obj, func, destructorsRef, args)"))
    return outOfWebAssembly(names, body);
  return undefined;
}

/** A function of JavaScript that calls one of WebAssembly. */
function intoWebAssembly(names: readonly string[], body: string): Maker {
  const keepsDestructors = body.includes("var destructors = [];");
  const isMethod = body.includes("var thisWired = ");
  const returns = body.includes("return ret;");
  return (...values) => {
    const value = (name: string): unknown => values[names.indexOf(name)];
    const types = names.flatMap((name, i) => (/^argType\d+$/.test(name) ? [values[i] as Wire] : []));
    const [check, invoker, runDestructors] = ["checkArgCount", "invoker", "runDestructors"].map(
      (n) => value(n) as Call,
    );
    const [fn, self, result] = [value("fn"), value("classParam") as Wire, value("retType") as Wire];
    const [least, most, name, fail] = ["minArgs", "maxArgs", "humanName", "throwBindingError"].map(value);
    // `arg1Wired_dtor` destroys what the second argument became.
    const after = names.flatMap((one, i): [number, Call][] => {
      const [, which, index] = /^(this|arg(\d+))Wired_dtor$/.exec(one) ?? [];
      if (which === undefined) return [];
      return [[which === "this" ? 0 : Number(index) + (isMethod ? 1 : 0), values[i] as Call]];
    });
    return function (this: unknown, ...given: unknown[]) {
      check(given.length, least, most, name, fail);
      const destructors = keepsDestructors ? [] : null;
      const wired = isMethod ? [self.toWireType(destructors, this)] : [];
      for (let i = 0; i < types.length; i++) wired.push(types[i].toWireType(destructors, given[i]));
      const returned = invoker(fn, ...wired);
      if (destructors !== null) runDestructors(destructors);
      else for (const [i, destroy] of after) destroy(wired[i]);
      return returns ? result.fromWireType(returned) : undefined;
    };
  };
}

/** A function of WebAssembly's that calls one of JavaScript, with arguments that lie in memory one after another. */
function outOfWebAssembly(names: readonly string[], body: string): Maker {
  const constructs = body.includes("new func(");
  const hasObject = body.includes("func.call(obj");
  return (...values) => {
    const result = values[0];
    const types = names.flatMap((name, i) => (/^argType\d+$/.test(name) ? [values[i] as Wire] : []));
    const back = values[names.indexOf("emval_returnValue")] as Call | undefined;
    return (...[object, func, destructors, pointer]) => {
      let at = pointer as number;
      const args = types.map((type) => {
        const arg = type.readValueFromPointer(at);
        at += type.argPackAdvance;
        return arg;
      });
      const [first, ...rest] = hasObject ? [object, ...args] : args;
      const returned = constructs
        ? Reflect.construct(func as new (...given: unknown[]) => unknown, args)
        : Reflect.apply(func as Call, first, rest);
      return back?.(result, destructors, returned);
    };
  };
}
