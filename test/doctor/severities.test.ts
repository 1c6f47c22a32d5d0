import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createPrivateKey } from "node:crypto";
import { createAuthority } from "../support/certificates.ts";
import { repositoryFolder } from "../support/run-bin.ts";
import { base64, kubeconfig } from "./kubeconfigs.ts";
import { examine } from "./world.ts";

/** Fields of a cluster, a user and a context, and the first line of what kubectl 1.36.3 said to `get --raw /version`. */
interface Vector {
  readonly cluster: string;
  readonly user: string;
  readonly context: string;
  readonly current: string;
  readonly said: string;
}

const vectors = (
  JSON.parse(readFileSync(join(repositoryFolder, "test/doctor/severities.vectors.json"), "utf8")) as {
    readonly vectors: readonly Vector[];
  }
).vectors;

/** What stands for certificates and keys in the vectors. */
let material: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const authority = await createAuthority();
  const [one, other] = [
    await authority.issue({ commonName: "a" }),
    await authority.issue({ commonName: "b" }),
  ];
  const encrypted = createPrivateKey(one.key).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-128-cbc",
    passphrase: "x",
  });
  material = {
    CERT: base64(one.certificate),
    KEY: base64(one.key),
    OTHER: base64(other.key),
    ENCRYPTED: base64(encrypted.toString()),
    GARBAGE: base64("garbage"),
  };
});

/** What makes kubectl go somewhere else, or ask for credentials, instead of an error. */
const ASTRAY: ReadonlySet<string> = new Set([
  "context-without-cluster",
  "context-without-user",
  "no-current-context",
  "server-missing",
  "token-unusable",
  "unknown-cluster",
  "unknown-user",
  "user-without-credentials",
]);

const REACHED = "The connection to the server 127.0.0.1:1 was refused";
const REFUSED = /^(?:error|Error in configuration|Unable to connect to the server): /;

test.each(vectors.map((vector) => [vector.cluster, vector.user, vector.context, vector] as const))(
  "an error is what kubectl refuses: {%s} {%s} {%s}",
  (cluster, user, context, { current, said }) => {
    const config = kubeconfig({ cluster, user, context })
      .replace("current-context: x", `current-context: ${current}`)
      .replaceAll(/\b(?:CERT|KEY|OTHER|ENCRYPTED|GARBAGE)\b/g, (word) => material[word] ?? "");
    const files = {
      "/home/u/.kube/token": "t\n",
      "/home/u/.kube/empty": "",
      "/home/u/.kube/cert.pem": Buffer.from(material["CERT"] ?? "", "base64").toString(),
      "/home/u/.kube/key.pem": Buffer.from(material["KEY"] ?? "", "base64").toString(),
    };
    const { findings } = examine({ config, files });
    const errors = findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    if (said.startsWith(REACHED)) {
      expect(errors).toEqual([]);
    } else if (REFUSED.test(said)) {
      expect(errors).not.toEqual([]);
    } else {
      expect(findings.some(({ code }) => ASTRAY.has(code))).toBe(true);
    }
  },
);
