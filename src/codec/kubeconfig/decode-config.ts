import { sortedByName } from "../../go/order.ts";
import { goQuote } from "../../go/quote.ts";
import { visibleLine } from "../../go/visible.ts";
import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { base64ErrorOffset } from "../../go/base64.ts";
import { ConfigParseError } from "../../errors.ts";
import type { Decoding } from "../json/decode-json.ts";
import { DecodeError, formatPath, TypeMismatch } from "../json/decode-json.ts";
import { apiVersionOf, interpretTypeMeta } from "../json/type-meta.ts";
import { MAX_DEPTH, nestsTooDeep, RefusedDocument } from "../json/wire-value.ts";
import { decodeInput } from "../../yaml/input.ts";
import type { YamlInput } from "../../yaml/input.ts";
import type { YamlDocument } from "../../yaml/read.ts";
import { readYamlInput } from "../../yaml/read.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { decodeFastPath } from "./decode-fast-path.ts";
import { configFromV1, DuplicateName, KUBECONFIG } from "./from-v1.ts";

/**
 * Reads a kubeconfig from a string or bytes, YAML or JSON, as `clientcmd.Load` does: go-yaml v2's YAML, then Go's JSON
 * typing. Empty input is an empty config; only the first document is read.
 *
 * @param file - the origin of every entry, also named in errors
 * @throws ConfigParseError for what kubectl refuses, with line and column
 */
export function decodeConfig(data: Uint8Array | string, file?: string): Config {
  return decodeWith(KUBECONFIG, data, file);
}

/**
 * Reads a kubeconfig as {@link decodeConfig}, for callers that show no certificates and keys: these are checked and
 * then replaced by the same few bytes, as in `shortenConfig`.
 *
 * @throws ConfigParseError for what kubectl refuses, with line and column
 */
export function decodeConfigWithoutData(data: Uint8Array | string, file?: string): Config {
  return decodeWith({ ...KUBECONFIG, omitsData: true }, data, file);
}

function decodeWith(decoding: Decoding, data: Uint8Array | string, file: string | undefined): Config {
  if (data.length === 0) {
    return newConfig();
  }
  const input = inConfigFile(file, () => decodeInput(data));
  return decodeFastPath(input, file ?? "", decoding) ?? decodeAny(input, file, decoding);
}

function decodeAny(input: YamlInput, file: string | undefined, decoding: Decoding): Config {
  const document = inConfigFile(file, () => readYamlInput(input));
  if (nestsTooDeep(document.value)) {
    throw new ConfigParseError(`exceeded max depth: lists and mappings nest more than ${MAX_DEPTH} deep`, {
      file,
    });
  }
  // sigs.k8s.io/yaml sorts keys: they say which of two kinds counts, and which of two faults is reported.
  const value =
    document.value instanceof Map ? new Map(sortedByName<JsonValue>(document.value)) : document.value;
  refuseOtherKinds(document, value, file);
  try {
    return configFromV1(value, file ?? "", decoding);
  } catch (error) {
    throw error instanceof DecodeError ? describeDecodeError(error, document, file) : error;
  }
}

function inConfigFile<T>(file: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof YamlError) {
      const { reason, position, hint } = error;
      throw new ConfigParseError(`yaml: ${reason}`, { file, position, hint, cause: error });
    }
    throw error;
  }
}

function refuseOtherKinds(document: YamlDocument, value: JsonValue, file: string | undefined): void {
  const refusal = refusalOf(value);
  if (refusal instanceof DecodeError) {
    throw new ConfigParseError(refusal.message, { file, position: document.locate(refusal.path) });
  }
  if (refusal !== undefined) {
    throw new ConfigParseError(refusal.message, {
      file,
      position: document.locate(["apiVersion"]) ?? document.locate(["kind"]),
      hint: "a kubeconfig has apiVersion: v1 and kind: Config, or neither",
    });
  }
}

/** Says why a document is not a kubeconfig, in apimachinery's words. What it leaves out is `v1` and `Config`. */
function refusalOf(document: JsonValue): RefusedDocument | undefined {
  try {
    const { group, version, kind } = interpretTypeMeta(document, KUBECONFIG.what);
    if (version === "" && group !== "") {
      return new RefusedDocument("Object 'apiVersion' is missing");
    }
    const groupVersion = apiVersionOf({ group, version: version || "v1" });
    return groupVersion === "v1" && (kind === "" || kind === "Config")
      ? undefined
      : new RefusedDocument(
          `no kind ${goQuote(kind || "Config")} is registered for version ${goQuote(groupVersion)}`,
        );
  } catch (error) {
    if (error instanceof RefusedDocument) {
      return error;
    }
    throw error;
  }
}

function describeDecodeError(
  error: DecodeError,
  document: YamlDocument,
  file: string | undefined,
): ConfigParseError {
  const position = document.locate(error.path);
  const field = formatPath(error.path, shown);
  if (error instanceof DuplicateName) {
    const first = document.locate([...error.path.slice(0, -1), error.first]);
    const where = first === undefined ? "" : `; the first is at line ${first.line}, column ${first.column}`;
    return new ConfigParseError(`${error.message}${where}`, {
      file,
      position,
      hint: "rename or remove one of the two",
    });
  }
  if (!(error instanceof TypeMismatch)) {
    return new ConfigParseError(`${field}: ${error.message}`, { file, position });
  }
  const offset = base64Fault(error, document);
  if (offset !== undefined) {
    return new ConfigParseError(`${field}: illegal base64 data at input byte ${offset}`, {
      file,
      position,
      hint: "the value must be a file's content as base64 -w0 FILE prints it",
    });
  }
  return new ConfigParseError(`${field}: expected ${error.expected}, found ${error.found}`, {
    file,
    position,
    hint: suggestFix(error),
  });
}

/** Returns at which byte a value is no base64, as Go says it; undefined for other faults. */
function base64Fault({ expected, path }: TypeMismatch, document: YamlDocument): number | undefined {
  if (!expected.startsWith("base64")) {
    return undefined;
  }
  const value = path.reduce<JsonValue | undefined>(
    (inner, step) =>
      inner instanceof Map
        ? (inner as JsonObject).get(String(step))
        : Array.isArray(inner)
          ? (inner as readonly JsonValue[])[Number(step)]
          : undefined,
    document.value,
  );
  return typeof value === "string" ? base64ErrorOffset(Buffer.from(value)) : undefined;
}

function suggestFix({ expected, found }: TypeMismatch): string | undefined {
  if (expected === "a string" && found === "a boolean") {
    return "y, n, yes, no, on, off, true and false are booleans in YAML 1.1: quote it";
  }
  if (expected === "a string" && found === "a number") {
    return "quote it to make it text";
  }
  if (expected === "a boolean") {
    return "write true or false, without quotes";
  }
  if (expected === "a list") {
    return 'each element begins with "- "';
  }
  return undefined;
}

/** Quotes a key if it is more than a line, or has invisible characters. */
function shown(key: string): string {
  return visibleLine(key) === key ? key : goQuote(key);
}
