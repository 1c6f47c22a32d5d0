/** The Go type that a part of an ExecCredential is decoded into. */
export type Shape =
  | { readonly kind: "string" | "boolean" | "bytes" | "time" | "any" | "nothing" }
  | {
      readonly kind: "struct";
      /** Whether it is behind a pointer, so that null takes it away. */
      readonly isOptional: boolean;
      readonly fields: ReadonlyMap<string, Shape>;
    };

/** How one version of ExecCredential spells its fields. */
interface Spelling {
  readonly spec: readonly [spec: string, cluster: string, interactive: string];
  readonly cluster: readonly [
    server: string,
    tlsServerName: string,
    insecureSkipTlsVerify: string,
    certificateAuthorityData: string,
    proxyUrl: string,
    disableCompression: string,
    config: string,
  ];
  readonly status: readonly [
    status: string,
    expirationTimestamp: string,
    token: string,
    clientCertificateData: string,
    clientKeyData: string,
  ];
  /** What `config` may be. */
  readonly config: Shape;
}

const V1: Spelling = {
  spec: ["spec", "cluster", "interactive"],
  cluster: [
    "server",
    "tls-server-name",
    "insecure-skip-tls-verify",
    "certificate-authority-data",
    "proxy-url",
    "disable-compression",
    "config",
  ],
  status: ["status", "expirationTimestamp", "token", "clientCertificateData", "clientKeyData"],
  config: { kind: "any" },
};

/** Go's own names, because the internal type has no JSON names. */
const INTERNAL: Spelling = {
  spec: ["Spec", "Cluster", "Interactive"],
  cluster: [
    "Server",
    "TLSServerName",
    "InsecureSkipTLSVerify",
    "CertificateAuthorityData",
    "ProxyURL",
    "DisableCompression",
    "Config",
  ],
  status: ["Status", "ExpirationTimestamp", "Token", "ClientCertificateData", "ClientKeyData"],
  // A Go interface with methods: nothing can be decoded into it.
  config: { kind: "nothing" },
};

const STRING: Shape = { kind: "string" };
const BOOLEAN: Shape = { kind: "boolean" };

function struct(fields: readonly (readonly [string, Shape])[], isOptional = false): Shape {
  return { kind: "struct", isOptional, fields: new Map(fields) };
}

function shapeOf({ spec, cluster, status, config }: Spelling): Shape {
  return struct([
    ["kind", STRING],
    ["apiVersion", STRING],
    [
      spec[0],
      struct([
        [
          spec[1],
          struct(
            [
              [cluster[0], STRING],
              [cluster[1], STRING],
              [cluster[2], BOOLEAN],
              [cluster[3], { kind: "bytes" }],
              [cluster[4], STRING],
              [cluster[5], BOOLEAN],
              [cluster[6], config],
            ],
            true,
          ),
        ],
        [spec[2], BOOLEAN],
      ]),
    ],
    [
      status[0],
      struct(
        [
          [status[1], { kind: "time" }],
          [status[2], STRING],
          [status[3], STRING],
          [status[4], STRING],
        ],
        true,
      ),
    ],
  ]);
}

/** `v1.ExecCredential` and `v1beta1.ExecCredential`, which are alike. */
export const VERSIONED = shapeOf(V1);

/** `clientauthentication.ExecCredential`. */
export const INTERNAL_TYPE = shapeOf(INTERNAL);
