import { AuthProviderConfig } from "../../api/auth-info.ts";
import { ExecConfig } from "../../api/exec.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { REDACTED, redactUrlPassword } from "../../api/redaction.ts";
import type { EntrySection } from "../../clientcmd/edits/property-path.ts";
import type { ConfigPath } from "../../clientcmd/origins.ts";
import { showText } from "../printers/origins/show-place.ts";

/** A field of an entry. */
export interface Field {
  /** Its name in the API types. */
  readonly property: string;
  /** The flag that goes before it. */
  readonly flag?: string;
  /** Flags that make it empty. */
  readonly clearedBy?: readonly string[];
}

const TLS_FLAGS = ["--certificate-authority", "--insecure-skip-tls-verify"];

/** The fields by their names in a file. What flags do to them is in `chosen-entries.ts`. */
export const FIELDS: Readonly<Record<EntrySection, ReadonlyMap<string, Field>>> = {
  clusters: new Map<string, Field>([
    ["server", { property: "server", flag: "--server" }],
    ["tls-server-name", { property: "tlsServerName", flag: "--tls-server-name", clearedBy: ["--server"] }],
    [
      "insecure-skip-tls-verify",
      { property: "insecureSkipTlsVerify", flag: "--insecure-skip-tls-verify", clearedBy: TLS_FLAGS },
    ],
    [
      "certificate-authority",
      { property: "certificateAuthority", flag: "--certificate-authority", clearedBy: TLS_FLAGS },
    ],
    ["certificate-authority-data", { property: "certificateAuthorityData", clearedBy: TLS_FLAGS }],
    ["proxy-url", { property: "proxyUrl" }],
    ["disable-compression", { property: "disableCompression", flag: "--disable-compression" }],
    ["extensions", { property: "extensions" }],
  ]),
  users: new Map<string, Field>([
    ["client-certificate", { property: "clientCertificate", flag: "--client-certificate" }],
    ["client-certificate-data", { property: "clientCertificateData", clearedBy: ["--client-certificate"] }],
    ["client-key", { property: "clientKey", flag: "--client-key" }],
    ["client-key-data", { property: "clientKeyData", clearedBy: ["--client-key"] }],
    ["token", { property: "token", flag: "--token" }],
    ["tokenFile", { property: "tokenFile" }],
    ["as", { property: "impersonate", flag: "--as" }],
    ["as-uid", { property: "impersonateUid", flag: "--as-uid" }],
    ["as-groups", { property: "impersonateGroups", flag: "--as-group" }],
    ["as-user-extra", { property: "impersonateUserExtra", flag: "--as-user-extra" }],
    ["username", { property: "username", flag: "--username" }],
    ["password", { property: "password", flag: "--password" }],
    ["auth-provider", { property: "authProvider" }],
    ["exec", { property: "exec" }],
    ["extensions", { property: "extensions" }],
  ]),
  contexts: new Map<string, Field>([
    ["cluster", { property: "cluster", flag: "--cluster" }],
    ["user", { property: "authInfo", flag: "--user" }],
    ["namespace", { property: "namespace", flag: "--namespace" }],
    ["extensions", { property: "extensions" }],
  ]),
};

const SECRETS: ReadonlySet<string> = new Set(["token", "password", "client-key-data"]);
const DATA: ReadonlySet<string> = new Set(["certificate-authority-data", "client-certificate-data"]);
const URLS: ReadonlySet<string> = new Set(["server", "proxy-url"]);

/**
 * A value as a story shows it: without secrets, and without the arguments, the variables and the settings of whatever gives
 * credentials.
 */
export function shownValue(path: ConfigPath, value: JsonValue): string {
  const [section, , field, ...below] = path;
  const isOfUser = section === "users";
  if (value === null || value === "") {
    return "empty";
  }
  if (field === "as-groups" && Array.isArray(value)) {
    return value.map(String).map(showText).join(", ");
  }
  if (
    isOfUser &&
    below.length === 0 &&
    value instanceof Map &&
    (field === "exec" || field === "auth-provider")
  ) {
    return field === "exec"
      ? `the plugin ${shownName((value as JsonObject).get("command"))}`
      : `the auth-provider ${shownName((value as JsonObject).get("name"))}`;
  }
  if (value instanceof Map || Array.isArray(value)) {
    const size = value instanceof Map ? value.size : value.length;
    return `${value instanceof Map ? "a mapping" : "a list"} of ${size}`;
  }
  if (isOfUser && SECRETS.has(String(field))) {
    return REDACTED;
  }
  if (isOfUser && below.some((step) => step === "args" || step === "env" || step === "config")) {
    return REDACTED;
  }
  if (DATA.has(String(field))) {
    return "DATA+OMITTED";
  }
  const text = typeof value === "object" ? "" : String(value);
  return showText(URLS.has(String(field)) ? redactUrlPassword(text) : text);
}

function shownName(name: JsonValue | undefined): string {
  return typeof name === "string" ? showText(name) : '""';
}

/** A field of the API types as a story shows it; undefined if it is not set. */
export function shownProperty(section: EntrySection, field: string, value: unknown): string | undefined {
  const isEmpty =
    value === undefined ||
    value === "" ||
    value === false ||
    ((Array.isArray(value) || value instanceof Uint8Array) && value.length === 0) ||
    (value instanceof Map && value.size === 0);
  if (isEmpty) {
    return undefined;
  }
  if (value instanceof Uint8Array) {
    return shownValue([section, "", field], "data");
  }
  if (value instanceof ExecConfig) {
    return `the plugin ${showText(value.command)}`;
  }
  if (value instanceof AuthProviderConfig) {
    return `the auth-provider ${showText(value.name)}`;
  }
  return shownValue([section, "", field], value as JsonValue);
}
