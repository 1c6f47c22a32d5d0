import type { WireTable } from "../../api/wire-fields.ts";
import { decodeJson } from "../../codec/json/decode-json.ts";
import { isJsonText, readWireDocument } from "../../codec/json/json-text.ts";
import { interpretTypeMeta } from "../../codec/json/type-meta.ts";
import { RefusedDocument } from "../../codec/json/wire-value.ts";
import { wireStruct } from "../../codec/json/wire-struct.ts";
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

/** What apimachinery decodes further, which nothing is made of here. */
interface WireStatus extends Status {
  readonly status: string;
  readonly code: number;
  readonly metadata: object;
  readonly details:
    | (StatusDetails & {
        readonly group: string;
        readonly uid: string;
        readonly causes: readonly (StatusCause & { readonly reason: string })[];
        readonly retryAfterSeconds: number;
      })
    | undefined;
}

const TEXT = { kind: "string" } as const;

const STATUS_FIELDS = {
  status: { wire: "status", ...TEXT },
  message: { wire: "message", ...TEXT },
  reason: { wire: "reason", ...TEXT },
  code: { wire: "code", kind: "int32" },
  metadata: { wire: "metadata", kind: "struct", of: {} },
  details: {
    wire: "details",
    kind: "pointer",
    of: {
      name: { wire: "name", ...TEXT },
      group: { wire: "group", ...TEXT },
      kind: { wire: "kind", ...TEXT },
      uid: { wire: "uid", ...TEXT },
      causes: {
        wire: "causes",
        kind: "list",
        of: {
          reason: { wire: "reason", ...TEXT },
          message: { wire: "message", ...TEXT },
          field: { wire: "field", ...TEXT },
        },
      },
      retryAfterSeconds: { wire: "retryAfterSeconds", kind: "int32" },
    },
  },
} as const satisfies WireTable<WireStatus>;

const STATUS = wireStruct<WireStatus>(STATUS_FIELDS);

/**
 * Decodes a Status that describes a failure, as apimachinery's decoder does.
 *
 * @param mediaType - of the body, JSON or YAML
 * @returns undefined if it is no such Status
 */
export function readStatus(body: Uint8Array, mediaType: string): Status | undefined {
  const what = "a Status";
  try {
    const { value } = readWireDocument(body, mediaType === "application/json" || isJsonText(body));
    const { group, version, kind } = interpretTypeMeta(value, what);
    if (group !== "" || (version !== "v1" && version !== "") || kind !== "Status") {
      return undefined;
    }
    const { status, message, reason, details } = decodeJson(STATUS, value, { what });
    return status === "Failure"
      ? { message, reason, details: details && { ...details, causes: details.causes ?? [] } }
      : undefined;
  } catch (error) {
    if (error instanceof RefusedDocument || error instanceof YamlError) {
      return undefined;
    }
    throw error;
  }
}
