import type { JsonObject, JsonValue } from "../../../api/json-value.ts";
import type { ConfigPath, Definition } from "../../../clientcmd/origins.ts";
import { configToV1 } from "../../../codec/kubeconfig/to-v1.ts";
import type { PresentedOrigins } from "./presented-origins.ts";

type Fields = readonly (readonly [string, JsonValue | undefined])[];

/** Makes the output of `kcfg view --show-origin -o json`, which `docs/origins.md` describes. */
export function originsDocument(presented: PresentedOrigins): JsonObject {
  const { config, origins } = presented;
  return object([
    ["config", configToV1(config)],
    [
      "files",
      origins.files.map((file) =>
        object([
          ["file", file.file],
          ["status", file.config === undefined ? "missing" : "loaded"],
        ]),
      ),
    ],
    ["origins", originsOfConfig(presented)],
  ]);
}

function originsOfConfig(presented: PresentedOrigins): JsonObject {
  const document = configToV1(presented.config);
  const lists = ["clusters", "users", "contexts", "extensions"].map(
    (section) => [section, listOrigins(presented, document.get(section), [section])] as const,
  );
  const preferences = asObject(document.get("preferences"));
  return object([
    ["current-context", currentContextOrigin(presented)],
    [
      "preferences",
      preferences.size === 0
        ? undefined
        : object([
            ["colors", preferences.has("colors") ? origin(presented, ["preferences", "colors"]) : undefined],
            [
              "extensions",
              listOrigins(presented, preferences.get("extensions"), ["preferences", "extensions"]),
            ],
          ]),
    ],
    ...lists,
  ]);
}

function currentContextOrigin(presented: PresentedOrigins): JsonObject | undefined {
  const found = presented.origins.find(["current-context"]);
  if (!presented.isContextFromFlag) {
    return found && originObject(found, found.shadowed);
  }
  const shadowed = found === undefined ? [] : [found, ...found.shadowed];
  return object([
    ["flag", "--context"],
    ["shadowed", shadowed.map(place)],
  ]);
}

/** Returns the entries of a list by name, each with its fields. */
function listOrigins(
  presented: PresentedOrigins,
  list: JsonValue | undefined,
  path: ConfigPath,
): JsonObject | undefined {
  if (!Array.isArray(list)) {
    return undefined;
  }
  return new Map(
    (list as readonly JsonValue[]).map((each) => {
      const element = asObject(each);
      const name = nameOf(element);
      const entry = [...element].find(([key]) => key !== "name")?.[1];
      const entryPath = [...path, name];
      const fields =
        path.at(-1) === "extensions"
          ? undefined
          : new Map(
              [...asObject(entry).keys()].flatMap((key) => {
                const found = origin(presented, [...entryPath, key]);
                return found === undefined ? [] : [[key, found] as const];
              }),
            );
      return [name, new Map([...(origin(presented, entryPath) ?? []), ...object([["fields", fields]])])];
    }),
  );
}

function origin({ origins, contentOf }: PresentedOrigins, path: ConfigPath): JsonObject | undefined {
  const content = contentOf(path);
  const found = origins.find(path);
  if (content !== undefined) {
    return object([["contentOf", content]]);
  }
  return found && originObject(found, found.shadowed);
}

function originObject(definition: Definition, shadowed: readonly Definition[]): JsonObject {
  return new Map<string, JsonValue>([...place(definition), ["shadowed", shadowed.map(place)]]);
}

function place({ file, position }: Definition): JsonObject {
  return object([
    ["file", file],
    ["line", position.line],
    ["column", position.column],
  ]);
}

function object(fields: Fields): JsonObject {
  return new Map(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function asObject(value: JsonValue | undefined): JsonObject {
  return value instanceof Map ? (value as JsonObject) : new Map<string, JsonValue>();
}

function nameOf(element: JsonObject): string {
  const name = element.get("name");
  return typeof name === "string" ? name : "";
}
