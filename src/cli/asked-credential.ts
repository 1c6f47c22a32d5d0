import { EXEC_GROUP, isSupportedApiVersion } from "../api/exec-versions.ts";
import { readJsonText } from "../codec/json/json-text.ts";
import { fieldsOf, membersOf, RefusedDocument } from "../codec/json/wire-value.ts";
import type { WireValue } from "../codec/json/wire-value.ts";
import { EXEC_INFO } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";

/** A client's request to its credential plugin. */
export interface AskedCredential {
  /** The apiVersion of the response; undefined if there is no client. */
  readonly version: string | undefined;
  /** The fields that say where the client sends the credential; undefined without `provideClusterInfo`. */
  readonly cluster: ReadonlyMap<string, WireValue> | undefined;
}

/**
 * Reads the request of the client that runs this process as its plugin.
 *
 * @throws Error for an unsupported KUBERNETES_EXEC_INFO
 */
export function askedCredential({ env }: Host): AskedCredential {
  const text = env[EXEC_INFO] ?? "";
  if (text === "") {
    return { version: undefined, cluster: undefined };
  }
  const fields = fieldsOf(readOrNull(text));
  const version = fields.get("kind") === "ExecCredential" ? fields.get("apiVersion") : undefined;
  if (typeof version !== "string" || !isSupportedApiVersion(version)) {
    throw new Error(
      `${EXEC_INFO} asks for no ExecCredential of ${EXEC_GROUP}/v1 or ${EXEC_GROUP}/v1beta1: this is no client's credential plugin`,
    );
  }
  const cluster = fieldsOf(fields.get("spec")).get("cluster");
  return { version, cluster: membersOf(cluster) && fieldsOf(cluster) };
}

function readOrNull(text: string): WireValue {
  try {
    return readJsonText(Buffer.from(text, "utf8"));
  } catch (error) {
    if (error instanceof RefusedDocument) {
      return null;
    }
    throw error;
  }
}
