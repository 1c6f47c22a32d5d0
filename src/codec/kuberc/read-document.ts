import type { Position } from "../../api/position.ts";
import type { Preference } from "../../api/preference.ts";
import { repeatedKeys } from "../../yaml/repeated-keys.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { decodeJson } from "../json/decode-json.ts";
import type { WireDocument } from "../json/json-text.ts";
import { isJsonText, readWireDocument } from "../json/json-text.ts";
import type { TypeMeta } from "../json/type-meta.ts";
import { interpretTypeMeta } from "../json/type-meta.ts";
import type { WireValue } from "../json/wire-value.ts";
import { RefusedDocument } from "../json/wire-value.ts";
import type { RawDocument } from "./documents.ts";
import { kubercType, preferenceOf } from "./versions.ts";

/** What became of one document of a kuberc file. */
export interface KubercDocument {
  /** The number of its first line in the file, from 1. */
  readonly line: number;
  readonly format: "json" | "yaml";
  /** Its lines, each ended by LF alone. */
  readonly data: Uint8Array;
  /** Its content; null also where it could not be read. */
  readonly value: WireValue;
  /** What it says it is; undefined where that cannot be told. */
  readonly meta: TypeMeta | undefined;
  /** Its content for kubectl; undefined where kubectl passes over it. */
  readonly preference: Preference | undefined;
  /** Why kubectl passes over it; undefined where it does not. */
  readonly refusal: string | undefined;
  /**
   * What kubectl's strict decoding has against it, each complaint by itself: `unknown field "x"`. kubectl warns of
   * them and uses the document all the same.
   */
  readonly complaints: readonly string[];
  /** As `YamlDocument.locate`, with lines that count in the whole file. Always undefined in JSON. */
  locate(path: readonly (string | number)[], target?: "key" | "value"): Position | undefined;
}

/** Reads one document as kubectl 1.36 does: as JSON if it begins with a brace, else as YAML; strictly, then leniently. */
export function readDocument({ line, data }: RawDocument): KubercDocument {
  const format = isJsonText(data) ? "json" : "yaml";
  let document: WireDocument = { value: null, locate: () => undefined };
  let meta: TypeMeta | undefined;
  let decoded: Pick<KubercDocument, "preference" | "complaints"> = NOTHING;
  let refusal: string | undefined;
  try {
    document = readWireDocument(data, format === "json");
    meta = interpretTypeMeta(document.value, WHAT);
    const complaints = new Set<string>();
    const fields = decodeJson(kubercType(meta), document.value, { what: WHAT, complaints });
    const repeated = format === "json" ? [] : complaintsOfYaml(data);
    decoded = { preference: preferenceOf(fields), complaints: [...repeated, ...complaints] };
  } catch (error) {
    refusal = refusalOf(error);
  }
  const { value, locate } = document;
  return {
    line,
    data,
    format,
    value,
    meta,
    ...decoded,
    refusal,
    locate: (path, target) => {
      const position = locate(path, target);
      return position && { ...position, line: position.line + line - 1 };
    },
  };
}

const WHAT = "a kuberc";
const NOTHING = { preference: undefined, complaints: [] } as const;

/** @throws what is no refusal */
function refusalOf(error: unknown): string {
  if (error instanceof RefusedDocument) {
    return error.message;
  }
  if (error instanceof YamlError) {
    return `yaml: ${error.reason}`;
  }
  throw error;
}

function complaintsOfYaml(data: Uint8Array): readonly string[] {
  const repeated = repeatedKeys(data);
  return repeated.length === 0 ? [] : [`yaml: unmarshal errors:\n  ${repeated.join("\n  ")}`];
}
