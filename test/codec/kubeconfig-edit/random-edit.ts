import { AuthInfo } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import type { Config, Context } from "../../../src/api/config.ts";
import { newContext } from "../../../src/api/config.ts";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { configFromV1 } from "../../../src/codec/kubeconfig/from-v1.ts";
import { makers, randomName, randomText } from "./random-value.ts";
import type { Tape } from "./tape.ts";

/** A Config to come to, and where it differs. */
export interface RandomEdit {
  readonly after: Config;
  /** Such as `users/hugo`, `current-context` or `preferences`. */
  readonly edited: ReadonlySet<string>;
  /** Those of `edited` that are gone. */
  readonly deleted: ReadonlySet<string>;
}

/** Changes a Config in one way or in several. */
export function randomEdit(tape: Tape, before: Config): RandomEdit {
  const edited = new Set<string>();
  const deleted = new Set<string>();
  let after = before;
  const count = tape.of(1, 1, 2, 4);
  for (let i = 0; i < count; i++) {
    after = once(tape, after);
  }
  return { after, edited, deleted };

  function once(choices: Tape, config: Config): Config {
    switch (choices.pick(10)) {
      case 0:
        edited.add("current-context");
        return { ...config, currentContext: choices.of("", randomName(choices)) };
      case 1:
        edited.add("preferences");
        return {
          ...config,
          preferences: {
            colors: choices.pick(2) === 1,
            extensions: editExtensions(choices, config.preferences.extensions),
          },
        };
      case 2:
        edited.add("extensions");
        return { ...config, extensions: editExtensions(choices, config.extensions) };
      case 3:
      case 4:
        return {
          ...config,
          clusters: editSection(choices, "clusters", config.clusters, newCluster, editCluster),
        };
      case 5:
      case 6:
        return { ...config, authInfos: editSection(choices, "users", config.authInfos, newUser, editUser) };
      default:
        return {
          ...config,
          contexts: editSection(choices, "contexts", config.contexts, contextOf, editContext),
        };
    }
  }

  function editSection<T>(
    choices: Tape,
    section: string,
    entries: ReadonlyMap<string, T>,
    make: (tape: Tape) => T,
    edit: (tape: Tape, entry: T) => T,
  ): ReadonlyMap<string, T> {
    const names = [...entries.keys()];
    const name = names[choices.pick(Math.max(names.length, 1))];
    const entry = name === undefined ? undefined : entries.get(name);
    const result = new Map(entries);
    if (name === undefined || entry === undefined || choices.pick(4) === 0) {
      const added = randomName(choices);
      edited.add(`${section}/${added}`);
      return result.set(added, make(choices));
    }
    edited.add(`${section}/${name}`);
    switch (choices.pick(4)) {
      case 0:
        result.delete(name);
        deleted.add(`${section}/${name}`);
        return result;
      case 1: {
        const to = randomName(choices);
        edited.add(`${section}/${to}`);
        if (to !== name) {
          result.delete(to);
        }
        return new Map([...result].map(([key, value]) => [key === name ? to : key, value]));
      }
      default:
        return result.set(name, edit(choices, entry));
    }
  }
}

function editExtensions(tape: Tape, before: ReadonlyMap<string, JsonValue>): ReadonlyMap<string, JsonValue> {
  const after = new Map(before);
  const [name = "ext"] = before.keys();
  if (tape.pick(3) === 0) {
    after.delete(name);
  } else {
    after.set(tape.of(name, randomName(tape)), makers.anything(tape));
  }
  return after;
}

function decoded(section: string, field: string, value: JsonValue): Config {
  return configFromV1(
    new Map([
      [
        section,
        [
          new Map<string, JsonValue>([
            ["name", ""],
            [field, value],
          ]),
        ],
      ],
    ]),
    "",
  );
}

function newCluster(tape: Tape): Cluster {
  return decoded("clusters", "cluster", makers.cluster(tape)).clusters.get("") ?? new Cluster();
}

function newUser(tape: Tape): AuthInfo {
  return decoded("users", "user", makers.user(tape)).authInfos.get("") ?? new AuthInfo();
}

function contextOf(tape: Tape): Context {
  return decoded("contexts", "context", makers.context(tape)).contexts.get("") ?? newContext();
}

/** Takes some fields of another entry. */
function mix<T extends object>(tape: Tape, entry: T, other: T): Partial<T> {
  const changes: Partial<T> = {};
  for (const key of Object.keys(entry) as (keyof T & string)[]) {
    if (key !== "extensions" && tape.chance(25)) {
      changes[key] = other[key];
    }
  }
  return changes;
}

function editCluster(tape: Tape, cluster: Cluster): Cluster {
  return tape.pick(3) === 0
    ? cluster.with({ server: randomText(tape) })
    : tape.pick(4) === 0
      ? cluster.with({ extensions: editExtensions(tape, cluster.extensions) })
      : cluster.with(mix(tape, cluster, newCluster(tape)));
}

function editUser(tape: Tape, user: AuthInfo): AuthInfo {
  const { exec, authProvider } = user;
  if (exec !== undefined && tape.pick(2) === 0) {
    const other = newUser(tape).exec ?? exec;
    const args = [...(exec.args ?? []), randomText(tape)];
    return user.with({ exec: tape.pick(2) === 0 ? exec.with({ args }) : exec.with(mix(tape, exec, other)) });
  }
  if (authProvider?.config !== undefined && tape.pick(2) === 0) {
    const config = new Map(authProvider.config);
    config.delete("client-id");
    config.set("id-token", randomText(tape));
    return user.with({
      authProvider: Object.assign(
        Object.create(Object.getPrototypeOf(authProvider) as object) as typeof authProvider,
        authProvider,
        { config },
      ),
    });
  }
  return tape.pick(3) === 0
    ? user.with({ token: randomText(tape) })
    : user.with(mix(tape, user, newUser(tape)));
}

function editContext(tape: Tape, context: Context): Context {
  return tape.pick(3) === 0
    ? { ...context, namespace: randomText(tape) }
    : tape.pick(4) === 0
      ? { ...context, extensions: editExtensions(tape, context.extensions) }
      : { ...context, ...mix(tape, context, contextOf(tape)) };
}
