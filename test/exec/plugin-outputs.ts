import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";
import { seeded } from "./random.ts";

/** Something that a credential plugin might print. */
export interface PluginOutput {
  readonly name: string;
  /** The version that the plugin is configured to use. */
  readonly apiVersion: string;
  /** What it prints, each character a byte. */
  readonly stdout: string;
}

export const V1 = "client.authentication.k8s.io/v1";
export const V1BETA1 = "client.authentication.k8s.io/v1beta1";

/** Certificates and keys of all kinds, by the names of the files that they were made in. */
export const pem = JSON.parse(
  readFileSync(join(repositoryRoot(), "test", "exec", "fixtures", "pem.json"), "utf8"),
) as Readonly<Record<string, string>>;

type Group = readonly (readonly [name: string, stdout: string])[];

function credential(status: string, apiVersion = V1): string {
  return `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{"interactive":false},"status":${status}}`;
}

function headed(rest: string): string {
  return `{"kind":"ExecCredential","apiVersion":"${V1}"${rest}}`;
}

const VALUES = ["null", '""', '"x"', "0", "-1.5", "1e400", "true", "[]", '["x"]', "{}", '{"x":1}'];

const TIMES = [
  "2030-01-02T03:04:05Z",
  "2006-01-02T15:04:05+07:00",
  "2030-01-02T03:04:05.123456789Z",
  "2030-01-02T03:04:05,5Z",
  "2030-01-02T3:04:05Z",
  "2030-01-02T03:4:05Z",
  "2030-01-02T03:04:5Z",
  "2030-1-02T03:04:05Z",
  "2030-01-2T03:04:05Z",
  "2030-01-02 03:04:05Z",
  "2030-01-02t03:04:05Z",
  "2030-01-02T03:04:05z",
  "2030-01-02T03:04:05",
  "2030-01-02",
  "2030-01-02T03:04Z",
  "2030-13-02T03:04:05Z",
  "2030-00-02T03:04:05Z",
  "2030-01-00T03:04:05Z",
  "2030-01-32T03:04:05Z",
  "2030-02-29T03:04:05Z",
  "2028-02-29T03:04:05Z",
  "2100-02-29T03:04:05Z",
  "2000-02-29T03:04:05Z",
  "2030-04-31T03:04:05Z",
  "2030-01-02T24:00:00Z",
  "2030-01-02T23:60:00Z",
  "2030-01-02T23:59:60Z",
  "2030-01-02T03:04:05+24:00",
  "2030-01-02T03:04:05+24:60",
  "2030-01-02T03:04:05+25:00",
  "2030-01-02T03:04:05-00:61",
  "2030-01-02T03:04:05+0700",
  "2030-01-02T03:04:05+07",
  "2030-01-02T03:04:05-07:00:00",
  "2030-01-02T03:04:05.Z",
  "2030-01-02T03:04:05.123",
  "2030-01-02T03:04:05Z ",
  " 2030-01-02T03:04:05Z",
  "",
  "null",
  "now",
  "1893553445",
  "0001-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "10000-01-01T00:00:00Z",
  "+2030-01-02T03:04:05Z",
  "-030-01-02T03:04:05Z",
  "20a0-01-02T03:04:05Z",
  "2030-01-02T03:04:05ZZ",
  "2030-01-02T03:04:05.1234567890123Z",
  "2030-01-02T03:04:05UTC",
  "2030-01-02T03:04:05+aa:00",
];

const versions: Group = [
  "",
  "/",
  "v1",
  "v1beta1",
  V1,
  V1BETA1,
  "client.authentication.k8s.io/v1alpha1",
  "client.authentication.k8s.io/v2",
  "client.authentication.k8s.io/__internal",
  "client.authentication.k8s.io/",
  "client.authentication.k8s.io",
  "/v1",
  "other/v1",
  "other/",
  "a/b/c",
  "__internal",
  "client.authentication.k8s.io/v1 ",
  "Client.authentication.k8s.io/v1",
  "client.authentication.k8s.io/V1",
  "meta.k8s.io/v1",
].flatMap((apiVersion) =>
  ["ExecCredential", "", "execCredential", "Config", "Status", "APIGroup", "ListOptions", "WatchEvent"].map(
    (kind): [string, string] => [
      `apiVersion ${JSON.stringify(apiVersion)}, kind ${JSON.stringify(kind)}`,
      JSON.stringify({ apiVersion, kind, status: { token: "t" } }),
    ],
  ),
);

const meta: Group = [
  ...VALUES.flatMap((value): Group => [
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
  ]),
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

const times: Group = TIMES.map((time) => [
  `expirationTimestamp ${JSON.stringify(time)}`,
  credential(JSON.stringify({ token: "t", expirationTimestamp: time })),
]);

const GOOD = credential('{"token":"t"}');

const texts: Group = [
  ["nothing", ""],
  ["a space", " "],
  ["a newline", "\n"],
  ["a word", "hello"],
  ["a number", "12"],
  ["true", "true"],
  ["null", "null"],
  ["a tilde", "~"],
  ["an empty list", "[]"],
  ["a list", `[${GOOD}]`],
  ["an empty object", "{}"],
  ["a brace", "{"],
  ["braces the wrong way round", "}{"],
  ["two braces", "{{}}"],
  ["a quote", '"'],
  ["white space before", ` \t\r\n${GOOD}`],
  ["white space after", `${GOOD} \r\n\t`],
  ["text after", `${GOOD} x`],
  ["two documents", `${GOOD}\n${GOOD}`],
  ["a NUL after", `${GOOD}\0`],
  ["a NUL before", `\0${GOOD}`],
  ["a byte order mark", `\xef\xbb\xbf${GOOD}`],
  ["a no-break space before", `\xc2\xa0${GOOD}`],
  ["a next-line character before", `\xc2\x85${GOOD}`],
  ["a log line before", `Logging in\n${GOOD}`],
  ["a comment before", `# hello\n${GOOD}`],
  ["a log line with a colon before", `note: x\n${GOOD}`],
  ["document marks around", `---\n${GOOD}\n...\n`],
  ["a document mark and text", `--- x\n${GOOD}`],
  ["a YAML directive", `%YAML 1.1\n---\n${GOOD}`],
  ["single quotes", GOOD.replaceAll('"', "'")],
  ["no quotes", GOOD.replaceAll('"', "")],
  ["a trailing comma", headed(`,"status":{"token":"t",}`)],
  ["a comment in JSON", headed(`/* x */,"status":{"token":"t"}`)],
  ["a tab in a token", headed(`,"status":{"token":"a\tb"}`)],
  ["a newline in a string", headed(`,"status":{"token":"t","x":"a\nb"}`)],
  ["an escaped apostrophe", headed(`,"status":{"token":"t","x":"\\'"}`)],
  ["an escape that there is not", headed(`,"status":{"token":"t","x":"\\q"}`)],
  ["a number with a zero before", headed(`,"x":01,"status":{"token":"t"}`)],
  ["a number with a plus", headed(`,"x":+1,"status":{"token":"t"}`)],
  ["a huge number", headed(`,"x":1e999,"status":{"token":"t"}`)],
  ["NaN", headed(`,"x":NaN,"status":{"token":"t"}`)],
  ["a half surrogate", headed(`,"x":"\\ud800","status":{"token":"t"}`)],
  ["a short escape", headed(`,"x":"\\u12","status":{"token":"t"}`)],
  ["bytes that are not UTF-8", headed(`,"x":"\xff\xfe","status":{"token":"t"}`)],
  ["a key that is not UTF-8", headed(`,"\xff":1,"status":{"token":"t"}`)],
  ["UTF-16", "\xff\xfe{\0}\0"],
  ["protobuf", "k8s\0\n\x02v1"],
  ["a protobuf prefix", "k8s\0"],
  ["control characters", "\x1b[31mred"],
  ["9,000 brackets", headed(`,"x":${"[".repeat(9000)}${"]".repeat(9000)},"status":{"token":"t"}`)],
  ["10,001 brackets", headed(`,"x":${"[".repeat(10001)}${"]".repeat(10001)},"status":{"token":"t"}`)],
  ["brackets that do not close", headed(`,"x":${"[".repeat(500)}`)],
  ["YAML", `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: t\n`],
  ["YAML of another version", `kind: ExecCredential\napiVersion: ${V1BETA1}\nstatus:\n  token: t\n`],
  [
    "YAML with a time",
    `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: t\n  expirationTimestamp: 2030-01-02T03:04:05Z\n`,
  ],
  [
    "YAML with a date",
    `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: t\n  expirationTimestamp: 2030-01-02\n`,
  ],
  ["YAML with a number for a token", `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: 123}\n`],
  ["YAML with yes for a token", `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: yes}\n`],
  [
    "YAML with a key twice",
    `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: t}\nstatus: {token: u}\n`,
  ],
  ["YAML with an alias", `kind: ExecCredential\napiVersion: ${V1}\nx: &x t\nstatus: {token: *x}\n`],
  ["YAML with an alias of nothing", `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: *x}\n`],
  ["YAML with a merge", `kind: ExecCredential\napiVersion: ${V1}\nx: &x {token: t}\nstatus: {<<: *x}\n`],
  ["YAML with a tab", `kind: ExecCredential\n\tapiVersion: ${V1}\n`],
  ["YAML with a literal block", `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: |-\n    t\n`],
  ["YAML with binary", `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: !!binary dA==}\n`],
  [
    "YAML in two documents, the first empty",
    `---\n---\nkind: ExecCredential\napiVersion: ${V1}\nstatus: {token: t}\n`,
  ],
  ["YAML with a list for a key", `? [a]\n: b\nkind: ExecCredential\n`],
  ["YAML with NaN", `kind: ExecCredential\napiVersion: ${V1}\nx: .nan\nstatus: {token: t}\n`],
  ["YAML with KIND in capitals", `KIND: ExecCredential\nAPIVERSION: ${V1}\nstatus: {token: t}\n`],
  ["YAML with CRLF", `kind: ExecCredential\r\napiVersion: ${V1}\r\nstatus:\r\n  token: t\r\n`],
  ["a token beyond ASCII", credential('{"token":"\xc3\xa9"}')],
  ["a token with a newline", credential('{"token":"a\\nb"}')],
];

function pair(certificate: string, key: string, more = ""): string {
  return credential(
    `{${more}"clientCertificateData":${JSON.stringify(certificate)},"clientKeyData":${JSON.stringify(key)}}`,
  );
}

function file(name: string): string {
  return pem[name] ?? "";
}

/** A PEM block of other text under another title. */
function retitled(name: string, from: string, to: string): string {
  return file(name).replaceAll(from, to);
}

const kinds = ["rsa", "ec224", "ec256", "ec384", "ec521", "k1", "ed25519", "ed448", "rsapss"];

const certificates: Group = [
  ...kinds.flatMap((certificate): Group => [
    // Go's TLS has no use for a certificate of this curve, although it can be read.
    ...kinds.flatMap((key): Group =>
      certificate === "ec224" && key === "ec224"
        ? []
        : [
            [
              `a ${certificate} certificate, a ${key} key`,
              pair(file(`${certificate}.crt`), file(`${key}.key`)),
            ],
          ],
    ),
  ]),
  ["an rsa certificate, another rsa key", pair(file("rsa.crt"), file("rsa-other.key"))],
  ["a certificate and a token", pair(file("rsa.crt"), file("rsa.key"), '"token":"t",')],
  ...[
    "rsa.pkcs1",
    "rsa.encrypted",
    "rsa.encrypted8",
    "rsa.pub",
    "rsa.crt",
    "x25519.key",
    "ec256.params",
    "ec256.sec1",
  ].map((name): [string, string] => [`the key file ${name}`, pair(file("rsa.crt"), file(name))]),
  ["an ec key in SEC 1", pair(file("ec256.crt"), file("ec256.sec1"))],
  ["an ec key with parameters before it", pair(file("ec256.crt"), file("ec256.params"))],
  ["a negative serial number", pair(file("negserial.crt"), file("rsa.key"))],
  ["the two exchanged", pair(file("rsa.key"), file("rsa.crt"))],
  ["two keys", pair(file("rsa.key"), file("rsa.key"))],
  ["two certificates", pair(file("rsa.crt"), file("rsa.crt"))],
  ["no PEM", pair("x", "y")],
  ["only the key is no PEM", pair(file("rsa.crt"), "y")],
  ["only the certificate is no PEM", pair("x", file("rsa.key"))],
  ["a chain", pair(file("rsa.crt") + file("ec256.crt"), file("rsa.key"))],
  ["a chain in the wrong order", pair(file("ec256.crt") + file("rsa.crt"), file("rsa.key"))],
  ["a key before the certificate", pair(file("rsa.key") + file("rsa.crt"), file("rsa.key"))],
  ["a certificate before the key", pair(file("rsa.crt"), file("rsa.crt") + file("rsa.key"))],
  ["two keys, the good one first", pair(file("rsa.crt"), file("rsa.key") + file("rsa-other.key"))],
  ["two keys, the good one last", pair(file("rsa.crt"), file("rsa-other.key") + file("rsa.key"))],
  ["text before the certificate", pair(file("rsa.text"), file("rsa.key"))],
  ["CRLF", pair(file("rsa.crt").replaceAll("\n", "\r\n"), file("rsa.key").replaceAll("\n", "\r\n"))],
  ["no newline at the end", pair(file("rsa.crt").trimEnd(), file("rsa.key").trimEnd())],
  ["spaces at the ends of lines", pair(file("rsa.crt").replaceAll("\n", " \t\n"), file("rsa.key"))],
  ["spaces at the starts of lines", pair(file("rsa.crt").replaceAll("\n", "\n  "), file("rsa.key"))],
  ["base64 in one line", pair(file("rsa.crt").replaceAll(/(?<!-)\n(?!-)/g, ""), file("rsa.key"))],
  ["everything in one line", pair(file("rsa.crt").replaceAll("\n", ""), file("rsa.key"))],
  ["everything in one line with spaces", pair(file("rsa.crt").replaceAll("\n", " "), file("rsa.key"))],
  ["base64 with a line too few", pair(file("rsa.crt").replace(/\n[^\n]{64}\n/, "\n"), file("rsa.key"))],
  ["base64 with a character too few", pair(file("rsa.crt").replace(/\n[^\n-]/, "\n"), file("rsa.key"))],
  ["base64 with a character that is none", pair(file("rsa.crt").replace(/\n[^\n-]/, "\n*"), file("rsa.key"))],
  ["headers", pair(file("rsa.crt").replace("-----\n", "-----\nA: b\nC:d\n\n"), file("rsa.key"))],
  [
    "headers without an empty line",
    pair(file("rsa.crt").replace("-----\n", "-----\nA: b\n"), file("rsa.key")),
  ],
  [
    "a certificate called X509 CERTIFICATE",
    pair(retitled("rsa.crt", "CERTIFICATE", "X509 CERTIFICATE"), file("rsa.key")),
  ],
  [
    "a certificate called TRUSTED CERTIFICATE",
    pair(retitled("rsa.crt", "CERTIFICATE", "TRUSTED CERTIFICATE"), file("rsa.key")),
  ],
  [
    "a PKCS 8 key called RSA PRIVATE KEY",
    pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "RSA PRIVATE")),
  ],
  ["a PKCS 1 key called PRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.pkcs1", "RSA PRIVATE", "PRIVATE"))],
  [
    "a PKCS 1 key called EC PRIVATE KEY",
    pair(file("rsa.crt"), retitled("rsa.pkcs1", "RSA PRIVATE", "EC PRIVATE")),
  ],
  ["a key called MY PRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "MY PRIVATE"))],
  ["a key called MYPRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "MYPRIVATE"))],
  ["a key called KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE KEY", "KEY"))],
  ["an END of another title", pair(file("rsa.crt").replace("END CERTIFICATE", "END CERT"), file("rsa.key"))],
  ["an END with text after it", pair(`${file("rsa.crt").trimEnd()} x`, file("rsa.key"))],
  ["no END", pair(file("rsa.crt").replace(/-----END.*/s, ""), file("rsa.key"))],
  ["a BEGIN without an END before", pair(`-----BEGIN CERTIFICATE-----\n${file("rsa.crt")}`, file("rsa.key"))],
  ["a BEGIN in the middle of a line", pair(`x${file("rsa.crt")}`, file("rsa.key"))],
  ["a BEGIN with too few dashes", pair(file("rsa.crt").slice(1), file("rsa.key"))],
  ["an empty block", pair("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", file("rsa.key"))],
  [
    "an empty block before the certificate",
    pair(`-----BEGIN X-----\n-----END X-----\n${file("rsa.crt")}`, file("rsa.key")),
  ],
  [
    "a broken block before the certificate",
    pair(`-----BEGIN X-----\n*\n-----END X-----\n${file("rsa.crt")}`, file("rsa.key")),
  ],
  [
    "a certificate that is no certificate",
    pair("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", file("rsa.key")),
  ],
  ["a certificate with more after it", pair(lengthened("rsa.crt", "CERTIFICATE"), file("rsa.key"))],
  ["a key with more after it", pair(file("rsa.crt"), lengthened("rsa.key", "PRIVATE KEY"))],
  [
    "a key that is no key",
    pair(file("rsa.crt"), "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"),
  ],
];

function lengthened(name: string, title: string): string {
  const der = Buffer.from(file(name).replaceAll(/-----[^\n]*\n/g, ""), "base64");
  return `-----BEGIN ${title}-----\n${Buffer.concat([der, Buffer.from([0])]).toString("base64")}\n-----END ${title}-----\n`;
}

/** Good answers with something cut out, doubled, or put in at random. */
function damaged(): Group {
  const random = seeded(20260101);
  const sources = [
    GOOD,
    credential('{"token":"t","expirationTimestamp":"2030-01-02T03:04:05Z"}'),
    pair(file("ec256.crt"), file("ec256.sec1")),
    `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: t\n  expirationTimestamp: "2030-01-02T03:04:05Z"\n`,
  ];
  const scraps = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\n",
    " ",
    "null",
    "0",
    "-",
    "x",
    "\x01",
    "\xff",
    "\t",
    "&",
    "*",
    "#",
  ];
  return Array.from({ length: 260 }, (_, index) => {
    let text = sources[random(sources.length)] ?? "";
    for (let times_ = 1 + random(2); times_ > 0; times_--) {
      const at = random(text.length);
      const length = random(3) === 0 ? 1 + random(30) : random(3);
      const scrap = random(2) === 0 ? "" : (scraps[random(scraps.length)] ?? "");
      const piece = random(8) === 0 ? text.slice(at, at + length) : "";
      text = text.slice(0, at) + piece + scrap + text.slice(at + length);
    }
    return [`damaged ${index + 1}`, text];
  });
}

/** The same for a plugin of the older version. */
function ofV1beta1(group: Group): readonly PluginOutput[] {
  return group.map(([name, stdout]) => ({
    name: `v1beta1: ${name}`,
    apiVersion: V1BETA1,
    stdout: stdout.replaceAll(V1, V1BETA1),
  }));
}

function ofV1(group: Group): readonly PluginOutput[] {
  return group.map(([name, stdout]) => ({ name, apiVersion: V1, stdout }));
}

/** Several hundred outputs, by what they are about. Always the same ones. */
export const pluginOutputs: Readonly<Record<string, readonly PluginOutput[]>> = {
  versions: [...ofV1(versions), ...ofV1(versions).map((output) => ({ ...output, apiVersion: V1BETA1 }))],
  fields: [...ofV1(meta), ...ofV1beta1(meta.filter((_, index) => index % 5 === 0))],
  times: ofV1(times),
  texts: [...ofV1(texts), ...ofV1beta1(texts.filter((_, index) => index % 5 === 0))],
  certificates: ofV1(certificates),
  damaged: ofV1(damaged()),
};
