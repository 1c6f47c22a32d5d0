import type {
  ExecClusterInfo,
  ExecCredentialFields,
  ExecCredentialSpec,
  ExecCredentialStatusFields,
} from "./exec-credential.ts";
import type { WireTable } from "./wire-fields.ts";
import { INTERNAL_VERSION, TYPE_META_FIELDS } from "./wire-fields.ts";

const CLUSTER_INFO_FIELDS = {
  server: { wire: "server", kind: "string", always: true },
  tlsServerName: { wire: "tls-server-name", in: { [INTERNAL_VERSION]: "TLSServerName" }, kind: "string" },
  insecureSkipTlsVerify: {
    wire: "insecure-skip-tls-verify",
    in: { [INTERNAL_VERSION]: "InsecureSkipTLSVerify" },
    kind: "boolean",
  },
  certificateAuthorityData: {
    wire: "certificate-authority-data",
    in: { [INTERNAL_VERSION]: "CertificateAuthorityData" },
    kind: "bytes",
  },
  proxyUrl: { wire: "proxy-url", in: { [INTERNAL_VERSION]: "ProxyURL" }, kind: "string" },
  disableCompression: {
    wire: "disable-compression",
    in: { [INTERNAL_VERSION]: "DisableCompression" },
    kind: "boolean",
  },
  // Go's `omitempty` has no effect on a struct, so that this one is always there.
  config: { wire: "config", kind: "object", always: true },
} as const satisfies WireTable<ExecClusterInfo>;

const SPEC_FIELDS = {
  cluster: { wire: "cluster", kind: "pointer", of: CLUSTER_INFO_FIELDS },
  interactive: { wire: "interactive", kind: "boolean", always: true },
} as const satisfies WireTable<ExecCredentialSpec>;

const STATUS_FIELDS = {
  expirationTimestamp: { wire: "expirationTimestamp", kind: "time" },
  token: { wire: "token", kind: "string" },
  clientCertificateData: { wire: "clientCertificateData", kind: "string" },
  clientKeyData: { wire: "clientKeyData", kind: "string" },
} as const satisfies WireTable<ExecCredentialStatusFields>;

/** The fields of an ExecCredential, each once. v1 and v1beta1 are alike. */
export const EXEC_CREDENTIAL_FIELDS = {
  ...TYPE_META_FIELDS,
  spec: { wire: "spec", kind: "struct", of: SPEC_FIELDS },
  status: { wire: "status", kind: "pointer", of: STATUS_FIELDS },
} as const satisfies WireTable<ExecCredentialFields>;
