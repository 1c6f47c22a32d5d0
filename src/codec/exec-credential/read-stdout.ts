import { isJsonText, readJsonText } from "../kuberc/json-text.ts";
import { RefusedDocument } from "../kuberc/refused-document.ts";
import type { WireValue } from "../kuberc/wire-value.ts";
import { nestsTooDeep } from "../kuberc/wire-value.ts";
import { readYaml } from "../../yaml/read.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { ExecCredentialError } from "./variable.ts";

/** What opens Kubernetes' protobuf encoding, in which there is no ExecCredential. */
const PROTOBUF_MAGIC = [0x6b, 0x38, 0x73, 0x00];

/**
 * The value that a plugin printed, in JSON or YAML, as apimachinery's recognizing decoder reads it. Nothing at all is
 * null.
 *
 * @throws ExecCredentialError
 */
export function readStdout(stdout: Uint8Array): WireValue {
  if (PROTOBUF_MAGIC.every((octet, index) => stdout[index] === octet)) {
    throw new ExecCredentialError("expected an ExecCredential, found protobuf");
  }
  const value = isJsonText(stdout) ? readJson(stdout) : readYamlText(stdout);
  if (nestsTooDeep(value)) {
    throw new ExecCredentialError("exceeded max depth");
  }
  return value;
}

function readJson(stdout: Uint8Array): WireValue {
  try {
    return readJsonText(stdout);
  } catch (error) {
    // Only the place is told: Go's words repeat the character.
    throw error instanceof RefusedDocument
      ? new ExecCredentialError(`couldn't get version/kind; ${error.message}`)
      : error;
  }
}

function readYamlText(stdout: Uint8Array): WireValue {
  try {
    return readYaml(stdout).value;
  } catch (error) {
    if (!(error instanceof YamlError)) {
      throw error;
    }
    // go-yaml's words may repeat the name of an anchor.
    const { position } = error;
    const place = position === undefined ? "" : ` at line ${position.line}, column ${position.column}`;
    throw new ExecCredentialError(`neither JSON nor YAML${place}`);
  }
}
