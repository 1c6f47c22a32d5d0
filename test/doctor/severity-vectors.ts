import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";
import { createAuthority } from "../support/certificates.ts";
import { base64, kubeconfig } from "./kubeconfigs.ts";

/** Fields of a cluster, a user and a context, and the first line of what kubectl 1.36.3 said to `get --raw /version`. */
export interface SeverityVector {
  readonly cluster: string;
  readonly user: string;
  readonly context: string;
  readonly current: string;
  readonly said: string;
}

export function severityVectors(): readonly SeverityVector[] {
  const text = readFileSync(join(repositoryRoot(), "test/doctor/severities.vectors.json"), "utf8");
  return (JSON.parse(text) as { readonly vectors: readonly SeverityVector[] }).vectors;
}

/** The certificates and keys that words in the vectors stand for, in base64. */
export type Material = Readonly<Record<string, string>>;

/** Makes new certificates and keys. */
export async function makeMaterial(): Promise<Material> {
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
  return {
    CERT: base64(one.certificate),
    KEY: base64(one.key),
    OTHER: base64(other.key),
    ENCRYPTED: base64(encrypted.toString()),
    GARBAGE: base64("garbage"),
  };
}

/** Returns the kubeconfig of a vector, `/home/u/.kube/config`. */
export function severityConfig(
  { cluster, user, context, current }: Omit<SeverityVector, "said">,
  material: Material,
): string {
  return kubeconfig({ cluster, user, context })
    .replace("current-context: x", `current-context: ${current}`)
    .replaceAll(/\b(?:CERT|KEY|OTHER|ENCRYPTED|GARBAGE)\b/g, (word) => material[word] ?? "");
}

/** Returns the other files of `/home/u/.kube` by name. */
export function severityFiles(material: Material): Readonly<Record<string, string>> {
  const decoded = (word: string): string => Buffer.from(material[word] ?? "", "base64").toString();
  return { token: "t\n", empty: "", "cert.pem": decoded("CERT"), "key.pem": decoded("KEY") };
}
