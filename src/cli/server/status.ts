import { interpretTypeMeta } from "../../codec/kuberc/kuberc-type-meta.ts";
import { isJsonText, readJsonText } from "../../codec/kuberc/json-text.ts";
import { RefusedDocument } from "../../codec/kuberc/refused-document.ts";
import type { WireValue } from "../../codec/kuberc/wire-value.ts";
import { membersOf, nestsTooDeep } from "../../codec/kuberc/wire-value.ts";
import { readYaml } from "../../yaml/read.ts";
import { YamlError } from "../../yaml/yaml-error.ts";

/** A server's description of a failure: Kubernetes' `metav1.Status`. Omitted fields are empty strings. */
export interface Status {
  readonly message: string;
  /** Such as `NotFound`. */
  readonly reason: string;
  /** Undefined if the server sent none. */
  readonly details: StatusDetails | undefined;
}

export interface StatusDetails {
  /** The name and the kind of the object. */
  readonly name: string;
  readonly kind: string;
  readonly causes: readonly StatusCause[];
}

export interface StatusCause {
  readonly message: string;
  /** The field of the object that is at fault. */
  readonly field: string;
}

/**
 * Decodes a Status that describes a failure, as apimachinery's decoder does.
 *
 * @param mediaType - of the body, JSON or YAML
 * @returns undefined if it is no such Status
 */
export function readStatus(body: Uint8Array, mediaType: string): Status | undefined {
  try {
    const document = readDocument(body, mediaType);
    const { group, version, kind } = interpretTypeMeta(document);
    if (group !== "" || (version !== "v1" && version !== "") || kind !== "Status") {
      return undefined;
    }
    const status = fieldsOf(document);
    const details = status.get("details");
    if (!isSound(status, details) || status.get("status") !== "Failure") {
      return undefined;
    }
    return {
      message: textOf(status, "message"),
      reason: textOf(status, "reason"),
      details: isNothing(details) ? undefined : detailsOf(fieldsOf(details)),
    };
  } catch (error) {
    if (error instanceof RefusedDocument || error instanceof YamlError) {
      return undefined;
    }
    throw error;
  }
}

function readDocument(body: Uint8Array, mediaType: string): WireValue {
  const value =
    mediaType === "application/json" || isJsonText(body) ? readJsonText(body) : readYaml(body).value;
  if (nestsTooDeep(value)) {
    throw new RefusedDocument("exceeded max depth");
  }
  return value;
}

type Fields = ReadonlyMap<string, WireValue>;

/** Returns the fields of an object; of repeated ones the last. */
function fieldsOf(value: WireValue | undefined): Fields {
  return new Map(value === undefined ? [] : membersOf(value));
}

function detailsOf(details: Fields): StatusDetails {
  const causes = details.get("causes");
  return {
    name: textOf(details, "name"),
    kind: textOf(details, "kind"),
    causes: listOf(causes).map((cause) => {
      const fields = fieldsOf(cause);
      return { message: textOf(fields, "message"), field: textOf(fields, "field") };
    }),
  };
}

/** Reports whether Go could decode the fields: strings where strings are expected, and so on. Null changes nothing. */
function isSound(status: Fields, details: WireValue | undefined): boolean {
  const causes = fieldsOf(details).get("causes");
  return (
    areTexts(status, "status", "message", "reason") &&
    isInt32(status.get("code")) &&
    isObject(status.get("metadata")) &&
    isObject(details) &&
    areTexts(fieldsOf(details), "name", "group", "kind", "uid") &&
    isInt32(fieldsOf(details).get("retryAfterSeconds")) &&
    (isNothing(causes) || Array.isArray(causes)) &&
    listOf(causes).every(
      (cause) => isObject(cause) && areTexts(fieldsOf(cause), "reason", "message", "field"),
    )
  );
}

function areTexts(fields: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => isNothing(fields.get(name)) || typeof fields.get(name) === "string");
}

function isInt32(value: WireValue | undefined): boolean {
  return isNothing(value) || (typeof value === "number" && (value | 0) === value);
}

function isObject(value: WireValue | undefined): boolean {
  return value === undefined || value === null || membersOf(value) !== undefined;
}

function isNothing(value: WireValue | undefined): boolean {
  return value === undefined || value === null;
}

function listOf(value: WireValue | undefined): readonly WireValue[] {
  return Array.isArray(value) ? (value as readonly WireValue[]) : [];
}

function textOf(fields: Fields, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}
