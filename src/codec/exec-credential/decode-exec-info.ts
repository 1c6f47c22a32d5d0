import type { ExecCredentialSpec } from "../../api/exec-credential.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { EXEC_GROUP, isSupportedExecVersion } from "../../api/exec-versions.ts";
import { goQuote } from "../../go/quote.ts";
import { decodeJson } from "../json/decode-json.ts";
import { readWireDocument } from "../json/json-text.ts";
import type { TypeMeta } from "../json/type-meta.ts";
import { apiVersionOf, interpretTypeMeta } from "../json/type-meta.ts";
import type { WireValue } from "../json/wire-value.ts";
import { fieldsOf, RefusedDocument, withoutRepeatedKeys } from "../json/wire-value.ts";
import { ExecCredentialError, VERSIONED, withoutValues } from "./decode-exec-credential.ts";

/** What a client asks its plugin: the `spec` of an ExecCredential, and the version in which to answer. */
export interface DecodedExecInfo extends ExecCredentialSpec {
  readonly apiVersion: string;
}

const KIND = "ExecCredential";

/** Types of apimachinery's that client-go's scheme has without a group, and in each version of a group. */
const UNVERSIONED = new Set(["Status", "APIVersions", "APIGroup", "APIGroupList", "APIResourceList"]);
const OPTIONS =
  /^(?:WatchEvent|ListOptions|GetOptions|DeleteOptions|CreateOptions|UpdateOptions|PatchOptions)$/;

/**
 * Decodes the value of KUBERNETES_EXEC_INFO as client-go's `LoadExecCredential`: JSON if it begins with a brace, else
 * YAML.
 *
 * @throws ExecCredentialError in client-go's words, but without any part of the document
 */
export function decodeExecInfo(data: Uint8Array): DecodedExecInfo {
  try {
    const { value } = readWireDocument(data);
    const meta = interpretTypeMeta(value, `an ${KIND}`);
    refuseOtherTypes(meta);
    const { spec } = decodeJson(VERSIONED, value, { what: `an ${KIND}` });
    const cluster = spec.cluster && { ...spec.cluster, config: configIn(value) };
    return { apiVersion: apiVersionOf(meta), interactive: spec.interactive, cluster };
  } catch (error) {
    throw error instanceof ExecCredentialError
      ? error
      : new ExecCredentialError(`decode: ${withoutValues(error)}`);
  }
}

/** Returns the free-form part of a document, which Go leaves as it is (`runtime.RawExtension`). */
function configIn(document: WireValue): JsonValue | undefined {
  const cluster = fieldsOf(fieldsOf(fieldsOf(document).get("spec")).get("cluster"));
  return withoutRepeatedKeys(cluster.get("config") ?? null) ?? undefined;
}

function refuseOtherTypes(meta: TypeMeta): void {
  const { group, version, kind } = meta;
  if (kind === "") {
    throw new RefusedDocument("Object 'Kind' is missing");
  }
  if (version === "") {
    throw new RefusedDocument("Object 'apiVersion' is missing");
  }
  const isOfGroup = group === EXEC_GROUP && isSupportedExecVersion(version);
  if (isOfGroup && kind === KIND) {
    return;
  }
  if ((isOfGroup && OPTIONS.test(kind)) || (group === "" && version === "v1" && UNVERSIONED.has(kind))) {
    const found = group === "" ? kind : `${kind}.${group}`;
    throw new ExecCredentialError(`invalid group/kind: wanted ${KIND}.${EXEC_GROUP}, got ${found}`);
  }
  throw new RefusedDocument(
    `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersionOf(meta))}`,
  );
}
