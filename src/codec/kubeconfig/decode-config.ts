import { goQuote } from "../../go/quote.ts";
import { visibleLine } from "../../go/visible.ts";
import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { ConfigParseError } from "../../errors.ts";
import { DecodeError, DuplicateName, readBytes, readOmittedBytes, TypeMismatch } from "../typed.ts";
import { decodeInput } from "../../yaml/input.ts";
import type { YamlInput } from "../../yaml/input.ts";
import type { YamlDocument } from "../../yaml/read.ts";
import { readYamlInput } from "../../yaml/read.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { decodeFastPath } from "./decode-fast-path.ts";
import { configFromV1 } from "./from-v1.ts";
import type { DataReader } from "./from-v1.ts";
import { interpretTypeMeta, refusedTypeMeta } from "./config-type-meta.ts";

/** The deepest nesting of lists and mappings in Go's encoding/json. */
const MAX_DEPTH = 10_000;

/**
 * Reads a kubeconfig from a string or bytes, YAML or JSON, as `clientcmd.Load` does: go-yaml v2's YAML, then Go's JSON
 * typing. Empty input is an empty config; only the first document is read.
 *
 * @param file - the origin of every entry, also named in errors
 * @throws ConfigParseError for what kubectl refuses, with line and column
 */
export function decodeConfig(data: Uint8Array | string, file?: string): Config {
  return decodeWith(readBytes, data, file);
}

/**
 * Reads a kubeconfig as {@link decodeConfig}, for callers that show no certificates and keys: these are checked and
 * then replaced by the same few bytes, as in `shortenConfig`.
 *
 * @throws ConfigParseError for what kubectl refuses, with line and column
 */
export function decodeConfigWithoutData(data: Uint8Array | string, file?: string): Config {
  return decodeWith(readOmittedBytes, data, file);
}

function decodeWith(readData: DataReader, data: Uint8Array | string, file: string | undefined): Config {
  if (data.length === 0) {
    return newConfig();
  }
  const input = inConfigFile(file, () => decodeInput(data));
  return decodeFastPath(input, file ?? "", readData) ?? decodeAny(input, file, readData);
}

function decodeAny(input: YamlInput, file: string | undefined, readData: DataReader): Config {
  const document = inConfigFile(file, () => readYamlInput(input));
  refuseDepth(document.value, file);
  refuseOtherKinds(document, file);
  try {
    return configFromV1(document.value, file ?? "", readData);
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

function refuseOtherKinds(document: YamlDocument, file: string | undefined): void {
  const meta = interpretTypeMeta(document.value);
  if ("reason" in meta) {
    throw new ConfigParseError(meta.reason, { file, position: document.locate(meta.path) });
  }
  const refusal = refusedTypeMeta(meta);
  if (refusal !== undefined) {
    throw new ConfigParseError(refusal, {
      file,
      position: document.locate(["apiVersion"]) ?? document.locate(["kind"]),
      hint: "a kubeconfig has apiVersion: v1 and kind: Config, or neither",
    });
  }
}

/**
 * Refuses what Go's JSON decoder would refuse for its depth. Walks the value without recursion, so it cannot overflow.
 */
function refuseDepth(value: JsonValue, file: string | undefined): void {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      throw new ConfigParseError(`exceeded max depth: lists and mappings nest more than ${MAX_DEPTH} deep`, {
        file,
      });
    }
    level = level.flatMap(containersIn);
  }
}

type Container = JsonObject | readonly JsonValue[];

function isContainer(value: JsonValue): value is Container {
  return typeof value === "object" && value !== null;
}

function containersIn(container: Container): Container[] {
  return Array.from(container.values()).filter(isContainer);
}

function describeDecodeError(
  error: DecodeError,
  document: YamlDocument,
  file: string | undefined,
): ConfigParseError {
  const position = document.locate(error.path);
  const field = formatPath(error.path);
  if (error instanceof DuplicateName) {
    const first = document.locate([...error.path.slice(0, -1), error.first]);
    const where = first === undefined ? "" : `; the first is at line ${first.line}, column ${first.column}`;
    return new ConfigParseError(`${error.message}${where}`, {
      file,
      position,
      hint: "rename or remove one of the two",
    });
  }
  return new ConfigParseError(`${field}: ${error.message}`, {
    file,
    position,
    hint: error instanceof TypeMismatch ? suggestFix(error) : undefined,
  });
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

/** Formats a path for people: `clusters[0].cluster.server`. */
function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i === 0 ? "" : "."}${shown(step)}`))
    .join("");
}

/** Quotes a key if it is more than a line, or has invisible characters. */
function shown(key: string): string {
  return visibleLine(key) === key ? key : goQuote(key);
}
