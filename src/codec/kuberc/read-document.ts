import type { Position } from "../../api/position.ts";
import type { Preference } from "../../api/preference.ts";
import { readYaml } from "../../yaml/read.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { repeatedKeys } from "../../yaml/repeated-keys.ts";
import type { RawDocument } from "./documents.ts";
import { isJsonText, readJsonText } from "./json-text.ts";
import { RefusedDocument } from "./refused-document.ts";
import { Variable } from "./struct-decoder.ts";
import type { TypeMeta } from "./kuberc-type-meta.ts";
import { interpretTypeMeta, refusedTypeMeta } from "./kuberc-type-meta.ts";
import { preferenceOf, shapeOf, spellingOf } from "./versions.ts";
import type { WireValue } from "./wire-value.ts";
import { nestsTooDeep } from "./wire-value.ts";

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
export function readDocument(document: RawDocument): KubercDocument {
  const parsed = parse(document);
  let meta: TypeMeta | undefined;
  let preference: Preference | undefined;
  let refusal = parsed.refusal;
  const complaints = new Set<string>();
  if (refusal === undefined) {
    try {
      meta = interpretTypeMeta(parsed.value);
      refusal = refusedTypeMeta(meta);
      if (refusal === undefined) {
        preference = decodeAs(meta.version, parsed.value, complaints);
      }
    } catch (error) {
      refusal = refusalOf(error);
    }
  }
  return {
    line: document.line,
    data: document.data,
    format: parsed.format,
    value: parsed.value,
    meta,
    preference,
    refusal,
    complaints: preference === undefined ? [] : [...parsed.complaints, ...complaints],
    locate: parsed.locate,
  };
}

type Parsed = Pick<KubercDocument, "format" | "value" | "refusal" | "complaints" | "locate">;

function parse(document: RawDocument): Parsed {
  try {
    const parsed = isJsonText(document.data) ? parseJson(document) : parseYaml(document);
    return nestsTooDeep(parsed.value) ? { ...parsed, value: null, refusal: "exceeded max depth" } : parsed;
  } catch (error) {
    return {
      format: isJsonText(document.data) ? "json" : "yaml",
      value: null,
      refusal: refusalOf(error),
      complaints: [],
      locate: () => undefined,
    };
  }
}

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

function parseJson({ data }: RawDocument): Parsed {
  return {
    format: "json",
    value: readJsonText(data),
    refusal: undefined,
    complaints: [],
    locate: () => undefined,
  };
}

function parseYaml({ data, line }: RawDocument): Parsed {
  const document = readYaml(data);
  const repeated = repeatedKeys(data);
  return {
    format: "yaml",
    value: document.value,
    refusal: undefined,
    complaints: repeated.length === 0 ? [] : [`yaml: unmarshal errors:\n  ${repeated.join("\n  ")}`],
    locate: (path, target) => {
      const position = document.locate(path, target);
      return position && { ...position, line: position.line + line - 1 };
    },
  };
}

function decodeAs(version: string, value: WireValue, complaints: Set<string>): Preference {
  const spelling = spellingOf(version);
  const variable = Variable.of(shapeOf(spelling));
  variable.decode(value, "", complaints);
  return preferenceOf(variable, spelling);
}
