import type { Random } from "../../conformance/random/random.ts";
import { careful, randomFrom } from "../../conformance/random/random.ts";
import type { ResolveCase } from "./world.ts";

/** The script of a plugin that gives a token. It needs nothing from PATH. */
export const plugin = `#!/bin/sh
printf '%s' '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"of-plugin"}}'
`;

/** Files that the cases name; those of the TLS certificates are filled in by whoever compares. */
export const commonFiles: ResolveCase["files"] = {
  "ca.crt": "$CA",
  "other-ca.crt": "$OTHER_CA",
  "client.crt": "$CLIENT_CERT",
  "client.key": "$CLIENT_KEY",
  "token.txt": "of-file\n",
  "blank.txt": "",
  "bin/plug": plugin,
};

type Fields = Record<string, unknown>;

/** A random kubeconfig or two, with random flags and a random environment. Much of it makes no sense. */
export function randomResolveCase(seed: number): ResolveCase {
  const chance = randomFrom(seed);
  const random = chance.chance(0.6) ? careful(chance) : chance;
  const maybe = (probability: number, fields: () => Fields): Fields =>
    random.chance(probability) ? fields() : {};
  const lists = (): Fields => kubeconfig(random, maybe);
  const files: Record<string, string> = { ...commonFiles, "cfg/one": JSON.stringify(lists()) };
  const env: Record<string, string> = { KUBECONFIG: "$ROOT/cfg/one" };
  if (random.chance(0.2)) {
    files["cfg/two"] = JSON.stringify(lists());
    env["KUBECONFIG"] = random.pick([
      "$ROOT/cfg/one:$ROOT/cfg/two",
      "$ROOT/cfg/none:$ROOT/cfg/two",
      "cfg/none",
    ]);
  }
  if (random.chance(0.1)) {
    env["KUBERNETES_MASTER"] = random.pick(["http://$HTTP", "https://$HTTPS", "$HTTP", ""]);
  }
  return {
    name: `random ${seed}`,
    files,
    env,
    flags: flags(random),
    ask: random.pick(["path", "path", "token"]),
    stdin: random.pick(["", "", "user\npw\n", "  \n"]),
  };
}

function kubeconfig(random: Random, maybe: (probability: number, fields: () => Fields) => Fields): Fields {
  return {
    "current-context": random.slip(0.2) ? random.pick(["", "nowhere"]) : random.pick(["one", "two"]),
    clusters: ["c1", "c2"].map((name) => ({ name, cluster: cluster(random, maybe) })),
    users: ["u1", "u2", "u3"].map((name) => ({ name, user: user(random, maybe) })),
    contexts: ["one", "two", "three"].map((name) => ({
      name,
      context: {
        ...(random.slip(0.05) ? {} : { cluster: random.slip(0.1) ? "missing" : random.pick(["c1", "c2"]) }),
        ...(random.slip(0.05)
          ? {}
          : { user: random.slip(0.1) ? "missing" : random.pick(["u1", "u2", "u3"]) }),
        ...maybe(0.4, () => ({ namespace: random.pick(["blue", "default", ""]) })),
      },
    })),
  };
}

function cluster(random: Random, maybe: (probability: number, fields: () => Fields) => Fields): Fields {
  return {
    ...maybe(random.slip(0.05) ? 0 : 1, () => ({
      server: random.pick([
        "https://$HTTPS",
        "https://$HTTPS",
        "https://$HTTPS",
        "https://$HTTPS/%61%2Fb/%C3%BC/",
        "https://$HTTPS",
        "https://$HTTPS",
        "https://$HTTPS/prefix",
        "https://$HTTPS/a/b/?q=1#f",
        "HTTPS://$HTTPS/",
        "http://$HTTP",
        "http://$HTTP/p?x",
        "$HTTP",
        "$HTTP/path",
        "https://$NOBODY",
        "https://$HTTP",
        "http://u:pw@$HTTP",
        ...random.some(["https://[bad]/x", "a b", ""], random.slip(0.3) ? 1 : 0),
      ]),
    })),
    ...maybe(0.7, () => ({ "certificate-authority": "$ROOT/ca.crt" })),
    ...maybe(random.slip(0.2) ? 1 : 0, () => ({
      "certificate-authority": random.pick(["../ca.crt", "$ROOT/other-ca.crt", "$ROOT/missing.crt", "$ROOT"]),
    })),
    ...maybe(random.slip(0.2) ? 1 : 0, () => ({
      "certificate-authority-data": random.pick(["$CA_DATA", "$OTHER_CA_DATA"]),
    })),
    ...maybe(0.15, () => ({ "insecure-skip-tls-verify": random.slip(0.8) })),
    ...maybe(0.15, () => ({ "tls-server-name": random.pick(["example.test", "wrong.test"]) })),
    ...maybe(0.1, () => ({
      "proxy-url": random.slip(0.7)
        ? random.pick(["ftp://$PROXY", "$PROXY", "http://[x", "socks6:x", "x y", "http://u:p@$PROXY/%"])
        : "http://$PROXY",
    })),
    ...maybe(0.2, () => ({ "disable-compression": random.chance(0.7) })),
  };
}

function user(random: Random, maybe: (probability: number, fields: () => Fields) => Fields): Fields {
  // Somebody who is careful says only once who they are.
  const methods = random.shuffle<() => Fields>([
    () => ({ token: random.pick(["of-config", "other"]) }),
    () => ({ tokenFile: random.pick(["$ROOT/token.txt", "../token.txt"]) }),
    () => ({ username: "me", password: "secret" }),
    () => ({ "client-certificate": "$ROOT/client.crt", "client-key": "../client.key" }),
    () => ({ "client-certificate-data": "$CLIENT_CERT_DATA", "client-key-data": "$CLIENT_KEY_DATA" }),
    () => ({ exec: plugins(random) }),
    () => ({}),
  ]);
  return {
    ...methods[0]?.(),
    ...(random.slip(0.3) ? methods[1]?.() : {}),
    ...(random.slip(0.3) ? methods[2]?.() : {}),
    ...(random.slip(0.3)
      ? random.pick<Fields>([
          { tokenFile: "$ROOT/none.txt" },
          { tokenFile: "$ROOT/blank.txt" },
          { username: "alone" },
          { password: "alone" },
          { "client-certificate": "$ROOT/none.crt" },
          { "client-key": "$ROOT/none.key" },
          { "auth-provider": { name: "gone" } },
        ])
      : {}),
    ...maybe(0.2, () => ({
      as: random.pick(["boss", "system:admin"]),
      ...maybe(0.3, () => ({ "as-uid": "uid-1" })),
      ...maybe(0.3, () => ({ "as-groups": random.pick([["g1"], ["g1", "g2"], []]) })),
      ...maybe(0.3, () => ({ "as-user-extra": { scope: ["a", "b"] } })),
    })),
    ...maybe(random.slip(0.1) ? 1 : 0, () => ({ "as-groups": ["g"] })),
  };
}

function plugins(random: Random): Fields {
  return {
    command: random.slip(0.1) ? "" : "plug",
    apiVersion: random.slip(0.05) ? "" : "client.authentication.k8s.io/v1",
    interactiveMode: random.slip(0.1) ? random.pick(["Often", ""]) : random.pick(["Never", "IfAvailable"]),
    env: random.slip(0.1) ? [{ name: "", value: "v" }] : [{ name: "A", value: "v" }],
  };
}

function flags(random: Random): readonly string[] {
  const some = (probability: number, name: string, values: readonly string[]): readonly string[] =>
    random.chance(probability) ? [`--${name}=${random.pick(values)}`] : [];
  const wrong = (values: readonly string[]): readonly string[] =>
    random.some(values, random.slip(0.5) ? 1 : 0);
  return [
    ...some(0.2, "context", ["two", "three", "one", "", ...wrong(["nope"])]),
    ...some(0.1, "cluster", ["c1", "c2", ...wrong(["nope", "missing"])]),
    ...some(0.1, "user", ["u1", "u2", ...wrong(["nope", "missing"])]),
    ...some(0.2, "namespace", ["green", "default", ""]),
    ...some(0.1, "server", [
      "https://$HTTPS",
      "http://$HTTP",
      "https://$HTTPS/s?q",
      ...wrong(["$HTTP/x", "https://$NOBODY"]),
    ]),
    ...some(0.1, "certificate-authority", ["$ROOT/ca.crt", "ca.crt", "", ...wrong(["$ROOT/none.crt"])]),
    ...some(0.15, "insecure-skip-tls-verify", ["true", "false"]),
    ...some(0.1, "tls-server-name", ["localhost", "", ...wrong(["wrong.test"])]),
    ...some(0.12, "token", ["of-flag", ""]),
    ...some(random.slip(0.15) ? 1 : 0.02, "username", ["flag-user", ""]),
    ...some(random.slip(0.15) ? 1 : 0.02, "password", ["flag-pw", ""]),
    ...some(0.06, "client-certificate", ["client.crt", ...wrong(["$ROOT/none.crt"])]),
    ...some(0.06, "client-key", ["client.key", ...wrong(["$ROOT/none.key"])]),
    ...some(0.1, "as", ["flag-boss", ""]),
    ...some(random.slip(0.2) ? 1 : 0.02, "as-uid", ["flag-uid"]),
    ...some(random.slip(0.2) ? 1 : 0.02, "as-group", ["flag-group", "x,y"]),
    ...some(random.slip(0.2) ? 1 : 0.02, "as-user-extra", ["k=v", "novalue"]),
    ...some(0.1, "disable-compression", ["true", "false"]),
    ...some(0.15, "request-timeout", ["9", "9s", "1m0.5s", "0", "", "+7", ...wrong(["abc", "5 s", "1.5"])]),
    ...some(0.03, "kubeconfig", ["$ROOT/cfg/one", "cfg/one", ...wrong(["$ROOT/none"])]),
  ];
}
