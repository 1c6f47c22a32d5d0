import { entryMap, extensionMap } from "../../api/entry-map.ts";
import { emptyMap } from "../../api/empty-map.ts";
import { AuthInfo, AuthProviderConfig } from "../../api/auth-info.ts";
import { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import { newConfig, newContext, newPreferences } from "../../api/config.ts";
import { ExecConfig } from "../../api/exec.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";
import type { Field, FieldKind } from "../../api/fields.ts";
import {
  AUTH_INFO_FIELDS,
  AUTH_PROVIDER_FIELDS,
  CLUSTER_FIELDS,
  CONTEXT_FIELDS,
  EXEC_FIELDS,
  PREFERENCES_FIELDS,
  SECTIONS,
} from "../../api/fields.ts";
import { zeroOf } from "../../api/struct.ts";
import { goQuote } from "../../go/quote.ts";
import { TakenItem } from "../../yaml/quick/quick-value.ts";
import type { DecodedValue, Decoding, GoType, Run, StructField } from "../json/decode-json.ts";
import {
  ANY,
  BOOLEAN,
  BYTES,
  DecodeError,
  decodeJson,
  forEachMember,
  listOf,
  mapOf,
  pointerTo,
  STRING,
  structOf,
} from "../json/decode-json.ts";

/** An element of a list of named entries. */
class NamedEntry<T> extends TakenItem {
  readonly name: string;
  readonly entry: T;

  constructor(name: string, entry: T) {
    super();
    this.name = name;
    this.entry = entry;
  }
}

/** Two elements of one list have the same name. */
export class DuplicateName extends DecodeError {
  /** The index of the first element with the name. */
  readonly first: number;

  constructor(message: string, first: number, run: Run) {
    super(message, run);
    this.first = first;
  }
}

/** A list of named entries: the field of an element that holds its entry, and the Go types of both. */
interface NamedList {
  readonly entry: string;
  readonly goTypes: readonly [element: string, entry: string];
}

const EXTENSIONS: NamedList = { entry: "extension", goTypes: ["NamedExtension", "runtime.Object"] };

/** Returns the type of an element of a list of named entries. One that has been decoded already stays as it is. */
function namedEntry<T>({ entry: field }: NamedList, type: GoType<T>): GoType<NamedEntry<T>> {
  return {
    zero: new NamedEntry("", type.zero),
    decode(value, before, run) {
      if (value instanceof NamedEntry) {
        return value as NamedEntry<T>;
      }
      let { name } = before;
      let entry: T | undefined;
      forEachMember(value, run, (key, member) => {
        if (key === "name") {
          name = STRING.decode(member, name, run);
        } else if (key === field) {
          entry = type.decode(member, type.zero, run);
        }
      });
      // No two entries are the same object.
      return new NamedEntry(name, entry === undefined ? type.decode(null, type.zero, run) : entry);
    },
  };
}

/**
 * Returns the type of a list of named entries, which becomes a map. A name may be twice only while its entry is null,
 * which client-go reads as absent; that is possible for extensions alone.
 */
function namedEntries<T>(
  list: NamedList,
  element: GoType<NamedEntry<T>>,
  makeMap: () => Map<string, T> = () => entryMap(),
): GoType<ReadonlyMap<string, T>> {
  const elements = listOf(element);
  return {
    zero: emptyMap(),
    decode(value, _before, run) {
      const decoded = elements.decode(value, undefined, run) ?? [];
      if (decoded.length === 0) {
        return emptyMap();
      }
      const entries = makeMap();
      for (const [index, { name, entry }] of decoded.entries()) {
        if (entries.has(name) && entries.get(name) !== null) {
          const [elementType, entryType] = list.goTypes;
          throw new DuplicateName(
            `error converting *[]${elementType} into *map[string]${entryType}: duplicate name ${goQuote(name)} in list`,
            decoded.findIndex((other) => other.name === name && other.entry !== null),
            { ...run, steps: run.steps.with(run.depth, index), depth: run.depth + 1 },
          );
        }
        entries.set(name, entry);
      }
      return entries;
    },
  };
}

const EXTENSION_ENTRIES = namedEntries(EXTENSIONS, namedEntry(EXTENSIONS, ANY), () => extensionMap());
const STRINGS = listOf(STRING);

function fieldsOf(table: Readonly<Record<string, Field>>): ReadonlyMap<string, StructField> {
  return new Map(
    Object.entries(table).map(([key, field]) => [
      field.wire,
      { key, type: TYPES[field.kind], nil: zeroOf(field) },
    ]),
  );
}

/** The type of each kind of field. */
const TYPES: Readonly<Record<FieldKind, GoType<unknown>>> = {
  string: STRING,
  boolean: BOOLEAN,
  bytes: BYTES,
  strings: STRINGS,
  stringMap: mapOf(STRING),
  stringLists: mapOf(STRINGS),
  environment: listOf(
    structOf({ name: "", value: "" }, new Map(["name", "value"].map((key) => [key, { key, type: STRING }]))),
  ),
  extensions: EXTENSION_ENTRIES,
  get authProvider() {
    return AUTH_PROVIDER;
  },
  get exec() {
    return EXEC;
  },
};

const AUTH_PROVIDER = pointerTo(structOf(new AuthProviderConfig(), fieldsOf(AUTH_PROVIDER_FIELDS)));
const EXEC = withInteractiveMode(pointerTo(structOf(new ExecConfig(), fieldsOf(EXEC_FIELDS))));
const PREFERENCES = structOf(newPreferences(), fieldsOf(PREFERENCES_FIELDS));
const CLUSTER = fieldsOf(CLUSTER_FIELDS);
const AUTH_INFO = fieldsOf(AUTH_INFO_FIELDS);
const CONTEXT = fieldsOf(CONTEXT_FIELDS);

function withInteractiveMode(type: GoType<ExecConfig | undefined>): GoType<ExecConfig | undefined> {
  return {
    zero: undefined,
    decode(value, before, run) {
      const exec = type.decode(value, before, run);
      const interactiveMode = exec?.interactiveMode || defaultInteractiveMode(exec?.apiVersion ?? "");
      return interactiveMode === exec?.interactiveMode ? exec : exec?.with({ interactiveMode });
    },
  };
}

/** The types of the elements of each list of entries. */
export interface ElementTypes {
  readonly clusters: GoType<NamedEntry<Cluster>>;
  readonly users: GoType<NamedEntry<AuthInfo>>;
  readonly contexts: GoType<NamedEntry<Context>>;
}

/** @param locationOfOrigin - set on every cluster, user and context */
export function elementTypes(locationOfOrigin: string): ElementTypes {
  return {
    clusters: namedEntry(SECTIONS.clusters, structOf(new Cluster({ locationOfOrigin }), CLUSTER)),
    users: namedEntry(SECTIONS.users, structOf(new AuthInfo({ locationOfOrigin }), AUTH_INFO)),
    contexts: namedEntry(SECTIONS.contexts, structOf(newContext({ locationOfOrigin }), CONTEXT)),
  };
}

/**
 * Converts a v1 document into a Config, as client-go's decoding, defaulting and conversion do: field names must match
 * exactly, unknown ones are ignored, null is the zero value. Elements that have been decoded as {@link elementTypes}
 * say are taken as they are.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @throws DecodeError for a value of the wrong kind, or a name that is twice in one list
 */
export function configFromV1(
  document: DecodedValue,
  locationOfOrigin: string,
  decoding: Decoding = KUBECONFIG,
  types: ElementTypes = elementTypes(locationOfOrigin),
): Config {
  const config = structOf(
    newConfig(),
    new Map<string, StructField>([
      ["preferences", { key: "preferences", type: PREFERENCES }],
      ["clusters", { key: "clusters", type: namedEntries(SECTIONS.clusters, types.clusters) }],
      ["users", { key: "authInfos", type: namedEntries(SECTIONS.users, types.users) }],
      ["contexts", { key: "contexts", type: namedEntries(SECTIONS.contexts, types.contexts) }],
      ["current-context", { key: "currentContext", type: STRING }],
      ["extensions", { key: "extensions", type: EXTENSION_ENTRIES }],
    ]),
  );
  return decodeJson(config, document, decoding);
}

/** How a kubeconfig is decoded. */
export const KUBECONFIG: Decoding = { what: "a kubeconfig" };
