import type { Group } from "./credential.ts";
import { headed, V1 } from "./credential.ts";

const VALUES = ["null", '""', '"x"', "0", "-1.5", "1e400", "true", "[]", '["x"]', "{}", '{"x":1}'];

/** This value in every place. */
function withValue(value: string): Group {
  return [
    [`kind ${value}`, `{"kind":${value},"apiVersion":"${V1}","status":{"token":"t"}}`],
    [`apiVersion ${value}`, `{"kind":"ExecCredential","apiVersion":${value},"status":{"token":"t"}}`],
    [`spec ${value}`, headed(`,"spec":${value},"status":{"token":"t"}`)],
    [`spec.cluster ${value}`, headed(`,"spec":{"cluster":${value}},"status":{"token":"t"}`)],
    [`spec.interactive ${value}`, headed(`,"spec":{"interactive":${value}},"status":{"token":"t"}`)],
    [`status ${value}`, headed(`,"status":${value}`)],
    [`an unknown field ${value}`, headed(`,"x":${value},"status":{"token":"t","y":${value}}`)],
    ...[
      "server",
      "tls-server-name",
      "insecure-skip-tls-verify",
      "certificate-authority-data",
      "proxy-url",
      "config",
    ].map((field): [string, string] => [
      `spec.cluster.${field} ${value}`,
      headed(`,"spec":{"cluster":{"${field}":${value}}},"status":{"token":"t"}`),
    ]),
    ...["token", "clientKeyData", "clientCertificateData", "expirationTimestamp"].map(
      (field): [string, string] => [
        `status.${field} ${value}`,
        headed(`,"status":{"token":"t","${field}":${value}}`),
      ],
    ),
    [`nothing but status.token ${value}`, headed(`,"status":{"token":${value}}`)],
    [`the internal Status ${value}`, `{"kind":"ExecCredential","Status":${value}}`],
    [`the internal Spec.Cluster.Config ${value}`, `{"Spec":{"Cluster":{"Config":${value}}}}`],
  ];
}

/** Every field with values of every kind, and fields that stand twice. */
export const fields: Group = [
  ...VALUES.flatMap(withValue),
  ...[
    "[1,2,255]",
    "[256]",
    "[-1]",
    "[1.5]",
    "[null]",
    '"YQ=="',
    '"YQ"',
    '"Y\\nQ=="',
    '"!"',
    "[true]",
    "[-0]",
  ].map((value): [string, string] => [
    `spec.cluster.certificate-authority-data ${value}`,
    headed(`,"spec":{"cluster":{"certificate-authority-data":${value}}},"status":{"token":"t"}`),
  ]),
  ["APIVERSION and KIND", `{"KIND":"ExecCredential","APIVERSION":"${V1}","status":{"token":"t"}}`],
  [
    "kind with a Kelvin sign",
    `{"\\u212aind":"ExecCredential","apiVer\\u017fion":"${V1}","status":{"token":"t"}}`,
  ],
  ["Status in capitals", headed(`,"Status":{"token":"t"}`)],
  ["Token in capitals", headed(`,"status":{"Token":"t"}`)],
  ["kind twice", `{"kind":"X","kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"t"}}`],
  [
    "kind twice, the good one first",
    `{"kind":"ExecCredential","kind":"X","apiVersion":"${V1}","status":{"token":"t"}}`,
  ],
  ["kind and Kind", `{"kind":"ExecCredential","Kind":"X","apiVersion":"${V1}","status":{"token":"t"}}`],
  [
    "kind, then a Kind of null",
    `{"kind":"ExecCredential","Kind":null,"apiVersion":"${V1}","status":{"token":"t"}}`,
  ],
  [
    "kind, then a Kind of 1",
    `{"kind":"ExecCredential","Kind":1,"apiVersion":"${V1}","status":{"token":"t"}}`,
  ],
  ["a status of null after another", headed(`,"status":{"token":"t"},"status":null`)],
  ["a status after one of null", headed(`,"status":null,"status":{"token":"t"}`)],
  ["a second status that adds nothing", headed(`,"status":{"token":"t"},"status":{}`)],
  ["a second status with another token", headed(`,"status":{"token":"t"},"status":{"token":"u"}`)],
  ["a second token of null", headed(`,"status":{"token":"t","token":null}`)],
  ["a second token that is empty", headed(`,"status":{"token":"t","token":""}`)],
  ["a first token that is a number", headed(`,"status":{"token":1,"token":"t"}`)],
  [
    "expirationTimestamp taken back",
    headed(`,"status":{"token":"t","expirationTimestamp":"2030-01-02T03:04:05Z","expirationTimestamp":null}`),
  ],
];
