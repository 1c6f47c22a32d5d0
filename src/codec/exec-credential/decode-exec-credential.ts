import type { ExecCredentialFields, ExecCredentialStatusFields } from "../../api/exec-credential.ts";
import { ExecCredentialStatus } from "../../api/exec-credential.ts";
import { EXEC_CREDENTIAL_FIELDS } from "../../api/exec-credential-fields.ts";
import { EXEC_GROUP, isSupportedExecVersion } from "../../api/exec-versions.ts";
import { INTERNAL_VERSION } from "../../api/wire-fields.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { decodeJson, TypeMismatch } from "../json/decode-json.ts";
import { JsonTextError, readWireDocument } from "../json/json-text.ts";
import type { TypeMeta } from "../json/type-meta.ts";
import { interpretTypeMeta } from "../json/type-meta.ts";
import type { WireValue } from "../json/wire-value.ts";
import { RefusedDocument } from "../json/wire-value.ts";
import { wireStruct } from "../json/wire-struct.ts";

/** Output that is not an ExecCredential. The message contains names of fields and kinds of values, never a value. */
export class ExecCredentialError extends Error {
  override readonly name = "ExecCredentialError";
}

/** `v1.ExecCredential` and `v1beta1.ExecCredential`, which have the same fields. */
export const VERSIONED = wireStruct<ExecCredentialFields>(EXEC_CREDENTIAL_FIELDS);

/** `clientauthentication.ExecCredential`: the type of a document without apiVersion, which is always refused. */
const INTERNAL = wireStruct<ExecCredentialFields>(EXEC_CREDENTIAL_FIELDS, INTERNAL_VERSION);

/**
 * Decodes the output of a credential plugin, as client-go does (`refreshCredsLocked`, with apimachinery's codecs): JSON if
 * it begins with a brace, else YAML; names of fields match exactly, except for apiVersion and kind. Does not validate the
 * certificate and its key.
 *
 * @param apiVersion - the configured version of the plugin
 * @throws ExecCredentialError in client-go's words, but without any part of the plugin's output
 */
export function decodeExecCredential(stdout: Uint8Array, apiVersion: string): ExecCredentialStatus {
  const { version, status } = decodeAny(stdout);
  const returned = `${EXEC_GROUP}/${version}`;
  if (returned !== apiVersion) {
    throw new ExecCredentialError(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${returned}`,
    );
  }
  if (status === undefined) {
    throw new ExecCredentialError("exec plugin didn't return a status field");
  }
  const { token, clientCertificateData, clientKeyData } = status;
  if (token === "" && clientCertificateData === "" && clientKeyData === "") {
    throw new ExecCredentialError("exec plugin didn't return a token or cert/key pair");
  }
  if ((clientCertificateData === "") !== (clientKeyData === "")) {
    throw new ExecCredentialError("exec plugin returned only certificate or key, not both");
  }
  return new ExecCredentialStatus(status);
}

/** The first bytes of Kubernetes' protobuf encoding, which does not support ExecCredential. */
const PROTOBUF_MAGIC = [0x6b, 0x38, 0x73, 0x00];

function decodeAny(stdout: Uint8Array): {
  readonly version: string;
  readonly status: ExecCredentialStatusFields | undefined;
} {
  try {
    if (PROTOBUF_MAGIC.every((octet, index) => stdout[index] === octet)) {
      throw new RefusedDocument("expected an ExecCredential, found protobuf");
    }
    const { value } = readWireDocument(stdout);
    const version = versionOf(value);
    const type = version === INTERNAL_VERSION ? INTERNAL : VERSIONED;
    return {
      version,
      status: decodeJson(type, value, { what: "an ExecCredential", omitsData: true }).status,
    };
  } catch (error) {
    throw new ExecCredentialError(`decoding stdout: ${withoutValues(error)}`);
  }
}

/** Returns the message of a refusal without any part of the document. @throws any other error */
export function withoutValues(error: unknown): string {
  if (error instanceof TypeMismatch) {
    const { message, expected, found } = error;
    const wanted = message.replace(/ \(standard alphabet.*/, " text");
    return expected.startsWith("a time such") ? message : `${wanted}, not ${kindOf(found)}`;
  }
  if (error instanceof JsonTextError) {
    // Report only the position: Go's message repeats the character.
    return `couldn't get version/kind; ${error.message}`;
  }
  if (error instanceof YamlError) {
    // go-yaml's message may repeat the name of an anchor.
    const { position } = error;
    const place = position === undefined ? "" : ` at line ${position.line}, column ${position.column}`;
    return `neither JSON nor YAML${place}`;
  }
  if (error instanceof RefusedDocument) {
    return error.message;
  }
  throw error;
}

const kindOf = (found: string): string => (found === "a string" ? "text" : found);

/**
 * Returns the version of a document. Omitted parts are taken from the type that it is decoded into, which is the internal
 * one.
 */
function versionOf(value: WireValue): string {
  const { group, version, kind } = typeMetaOf(value);
  const isUnversioned = version === "" && (group === "" || group === EXEC_GROUP);
  if (version === "" && !isUnversioned) {
    throw new RefusedDocument("Object 'apiVersion' is missing");
  }
  const name = isUnversioned ? INTERNAL_VERSION : version;
  const isGroup = isUnversioned || group === EXEC_GROUP;
  const isKind = kind === "" || kind === "ExecCredential";
  if (isGroup && isKind && (name === INTERNAL_VERSION || isSupportedExecVersion(name))) {
    return name;
  }
  throw new RefusedDocument(
    // apimachinery's message repeats the apiVersion and kind, which may be anything.
    isGroup && isKind && /^v[0-9]{1,2}(?:(?:alpha|beta)[0-9]{1,2})?$/.test(name)
      ? `no kind "ExecCredential" is registered for version "${EXEC_GROUP}/${name}"`
      : `the kind is not ExecCredential, or the apiVersion not ${EXEC_GROUP}/v1 or v1beta1`,
  );
}

function typeMetaOf(value: WireValue): TypeMeta {
  try {
    return interpretTypeMeta(value, "an ExecCredential");
  } catch (error) {
    if (!(error instanceof RefusedDocument)) {
      throw error;
    }
    // The original message may repeat the apiVersion.
    throw new RefusedDocument(
      error instanceof TypeMismatch && error.path.length === 0
        ? `couldn't get version/kind; expected an ExecCredential, found ${kindOf(error.found)}`
        : "couldn't get version/kind; both must be text, and apiVersion of the form group/version",
    );
  }
}
