import { EXEC_GROUP, isSupportedExecVersion } from "../../api/exec-versions.ts";
import { ExecCredentialStatus } from "../../api/exec-credential.ts";
import { interpretTypeMeta } from "../kuberc/kuberc-type-meta.ts";
import type { TypeMeta } from "../kuberc/kuberc-type-meta.ts";
import { RefusedDocument } from "../kuberc/refused-document.ts";
import type { WireValue } from "../kuberc/wire-value.ts";
import { membersOf } from "../kuberc/wire-value.ts";
import { readStdout } from "./read-stdout.ts";
import { INTERNAL_TYPE, VERSIONED } from "./shapes.ts";
import { ZERO_TIME } from "../../go/rfc3339.ts";
import type { Decoded, Struct } from "./variable.ts";
import { decodeInto, ExecCredentialError, kindOf } from "./variable.ts";

/** client-go's own, internal type: what a document without apiVersion is taken for, and never what is wanted. */
const INTERNAL_VERSION = "__internal";

/**
 * Reads what a credential plugin printed, as client-go does (`refreshCredsLocked`, on apimachinery's codecs): JSON if it
 * begins with a brace, else YAML; names of fields match to the letter, except for apiVersion and kind. Whether a
 * certificate and its key are good is not looked at.
 *
 * @param apiVersion - the one that the plugin is configured to use
 * @throws ExecCredentialError in client-go's words, but without anything that the plugin printed
 */
export function decodeExecCredential(stdout: Uint8Array, apiVersion: string): ExecCredentialStatus {
  const { version, credential } = decodeAny(stdout);
  const returned = `${EXEC_GROUP}/${version}`;
  if (returned !== apiVersion) {
    throw new ExecCredentialError(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${returned}`,
    );
  }
  const status = credential instanceof Map ? credential.get("status") : undefined;
  if (!(status instanceof Map)) {
    throw new ExecCredentialError("exec plugin didn't return a status field");
  }
  return statusFrom(status);
}

function decodeAny(stdout: Uint8Array): { readonly version: string; readonly credential: Decoded } {
  try {
    const value = readStdout(stdout);
    const version = versionOf(value);
    const shape = version === INTERNAL_VERSION ? INTERNAL_TYPE : VERSIONED;
    return { version, credential: decodeInto(undefined, value, shape, "") };
  } catch (error) {
    throw error instanceof ExecCredentialError
      ? new ExecCredentialError(`decoding stdout: ${error.message}`)
      : error;
  }
}

function statusFrom(status: Struct): ExecCredentialStatus {
  const text = (name: string): string => {
    const value = status.get(name);
    return typeof value === "string" ? value : "";
  };
  const time = status.get("expirationTimestamp");
  const fields = {
    expirationTimestamp: typeof time === "number" && time !== ZERO_TIME ? time : undefined,
    token: text("token"),
    clientCertificateData: text("clientCertificateData"),
    clientKeyData: text("clientKeyData"),
  };
  if (fields.token === "" && fields.clientCertificateData === "" && fields.clientKeyData === "") {
    throw new ExecCredentialError("exec plugin didn't return a token or cert/key pair");
  }
  if ((fields.clientCertificateData === "") !== (fields.clientKeyData === "")) {
    throw new ExecCredentialError("exec plugin returned only certificate or key, not both");
  }
  return new ExecCredentialStatus(fields);
}

/**
 * The version that a document is of. What it leaves out is taken from the type that it is to be decoded into, which is
 * the internal one.
 */
function versionOf(value: WireValue): string {
  const { group, version, kind } = typeMetaOf(value);
  const isUnversioned = version === "" && (group === "" || group === EXEC_GROUP);
  if (version === "" && !isUnversioned) {
    throw new ExecCredentialError("Object 'apiVersion' is missing");
  }
  const name = isUnversioned ? INTERNAL_VERSION : version;
  const isGroup = isUnversioned || group === EXEC_GROUP;
  const isKind = kind === "" || kind === "ExecCredential";
  if (isGroup && isKind && (name === INTERNAL_VERSION || isSupportedExecVersion(name))) {
    return name;
  }
  throw new ExecCredentialError(
    // apimachinery's words repeat the apiVersion and kind, which may be anything.
    isGroup && isKind && /^v[0-9]{1,2}(?:(?:alpha|beta)[0-9]{1,2})?$/.test(name)
      ? `no kind "ExecCredential" is registered for version "${EXEC_GROUP}/${name}"`
      : `the kind is not ExecCredential, or the apiVersion not ${EXEC_GROUP}/v1 or v1beta1`,
  );
}

function typeMetaOf(value: WireValue): TypeMeta {
  if (value !== null && membersOf(value) === undefined) {
    throw new ExecCredentialError(
      `couldn't get version/kind; expected an ExecCredential, found ${kindOf(value)}`,
    );
  }
  try {
    return interpretTypeMeta(value);
  } catch (error) {
    throw error instanceof RefusedDocument
      ? new ExecCredentialError(
          "couldn't get version/kind; both must be text, and apiVersion of the form group/version",
        )
      : error;
  }
}
