import type { Host } from "./host/host.ts";
import { nodeHost } from "./host/node-host.ts";
import type { OptionKinds } from "./check-options.ts";
import { checkOptions, isHost } from "./check-options.ts";

/** The options of every function that touches the machine. */
export interface HostOption {
  /** Default: the machine that Node runs on, or that of the rules or the access that the function receives. */
  readonly host?: Host | undefined;
  /**
   * The whole environment, in place of that of the host: `{ ...process.env, PATH: … }` for a program that is started
   * without a shell's. Plugins inherit it. Connections share runs of plugins only if this is the same object.
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The options of a function of the library; one that is undefined counts as not given. */
export type OptionsOf<Fields> = {
  readonly [Name in keyof (Fields & HostOption)]?: (Fields & HostOption)[Name] | undefined;
};

/**
 * Makes a function of the library from one that takes the host first and the options last: the host becomes an option,
 * and options are checked.
 *
 * @param name - as it is exported
 * @param kinds - of the options, without the host
 * @param body - must declare all of its parameters, even if it ignores the options: their number is read from it
 */
export function publicFunction<Things extends readonly unknown[], Options extends object, Result>(
  name: string,
  kinds: OptionKinds<Options>,
  body: (host: Host, ...rest: [...things: Things, options: Options]) => Result,
): (...given: [...things: Things, options?: OptionsOf<Options> | undefined]) => Result {
  return makePublic(name, body.length - 2, kinds, (host, things: Things, options: Options) =>
    body(host, ...things, options),
  );
}

function makePublic<Things extends readonly unknown[], Options extends object, Result>(
  name: string,
  count: number,
  kinds: OptionKinds<Options>,
  body: (host: Host, things: Things, options: Options) => Result,
): (...given: [...things: Things, options?: OptionsOf<Options> | undefined]) => Result {
  const allowed: OptionKinds<Options & { host: Host; env: object }> = {
    ...kinds,
    host: "object",
    env: "object",
  };
  const checked = (...given: readonly unknown[]): Result => {
    const things = given.slice(0, count) as unknown as Things;
    if (given.slice(count + 1).some((extra) => extra !== undefined)) {
      throw new TypeError(`${name}: takes ${count + 1} arguments at most, not ${given.length}`);
    }
    const { host, env, ...options } = checkOptions(name, allowed, given[count]);
    const machine = hostFor(name, host, things);
    return body(
      env === undefined ? machine : withEnvironment(name, machine, things, env),
      things,
      options as Options,
    );
  };
  return named(name, checked);
}

function named<Named>(name: string, body: Named): Named {
  return Object.defineProperty(body, "name", { value: name });
}

/** Makes a function as {@link publicFunction}, without options other than the host. */
export function hostFunction<Things extends readonly unknown[], Result>(
  name: string,
  body: (host: Host, ...things: Things) => Result,
): (...given: [...things: Things, options?: HostOption | undefined]) => Result {
  return makePublic<Things, object, Result>(name, body.length - 1, {}, (host, things: Things) =>
    body(host, ...things),
  );
}

/** Makes a function as {@link publicFunction}, whose promise is rejected for invalid options. */
export function publicAsyncFunction<Things extends readonly unknown[], Options extends object, Result>(
  name: string,
  kinds: OptionKinds<Options>,
  body: (host: Host, ...rest: [...things: Things, options: Options]) => Promise<Result>,
): (...given: [...things: Things, options?: OptionsOf<Options> | undefined]) => Promise<Result> {
  const checked = publicFunction(name, kinds, body);
  return named(name, async (...given) => await checked(...given));
}

/** Returns the host to use, and refuses to use an object of one machine on another. */
function hostFor(name: string, given: Host | undefined, things: readonly unknown[]): Host {
  if (given !== undefined && !isHost(given)) {
    throw new TypeError(`${name}: option "host" must be a Host`);
  }
  const own = things.map(hostOf).find((host) => host !== undefined);
  if (own !== undefined && given !== undefined && own !== given) {
    throw new TypeError(`${name}: option "host" is not the host that the first argument was made for`);
  }
  return given ?? own ?? nodeHost;
}

const derived = new WeakMap<Host, WeakMap<object, Host>>();

/** Returns the host with another environment; for the same environment the same one, so that what it keeps is shared. */
function withEnvironment(name: string, host: Host, things: readonly unknown[], env: object): Host {
  const own = things.map(hostOf).find((each) => each !== undefined);
  if (own !== undefined) {
    throw new TypeError(
      `${name}: option "env": the first argument has a host of its own: it needs the option`,
    );
  }
  if (Object.values(env).some((value) => value !== undefined && typeof value !== "string")) {
    throw new TypeError(`${name}: option "env" must hold strings`);
  }
  const known = derived.get(host) ?? new WeakMap<object, Host>();
  derived.set(host, known);
  const found = known.get(env) ?? { ...host, env: env as Host["env"] };
  known.set(env, found);
  return found;
}

/** Returns the host that a `ConfigAccess` or `LoadingRules` was made for. */
function hostOf(thing: unknown): Host | undefined {
  if (typeof thing !== "object" || thing === null || !("host" in thing)) {
    return undefined;
  }
  const host: unknown = typeof thing.host === "function" ? thing.host() : thing.host;
  return isHost(host) ? (host as Host) : undefined;
}
