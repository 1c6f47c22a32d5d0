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

/** The result of reading one document of a kuberc file. */
export interface KubercDocument {
  /** The number of its first line in the file, from 1. */
  readonly line: number;
  readonly format: "json" | "yaml";
  /** Its lines, each ended by LF alone. */
  readonly data: Uint8Array;
  /** Its content; null also if it could not be parsed. */
  readonly value: WireValue;
  /** Its apiVersion and kind; undefined if they could not be read. */
  readonly meta: TypeMeta | undefined;
  /** Its preference as kubectl reads it; undefined if kubectl skips the document. */
  readonly preference: Preference | undefined;
  /** Why kubectl skips it; undefined if it does not. */
  readonly refusal: string | undefined;
  /**
   * The errors of kubectl's strict decoding, one by one: `unknown field "x"`. kubectl warns about them and still uses the
   * document.
   */
  readonly complaints: readonly string[];
  /** Locates a value as `YamlDocument.locate` does, with line numbers of the whole file. Always undefined in JSON. */
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

/** Returns the message of a refusal. @throws any other error */
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
