import type { Config } from "../../../src/api/config.ts";
import { mergeConfigs } from "../../../src/clientcmd/merge.ts";
import { minifyConfig } from "../../../src/clientcmd/minify.ts";
import { redactSecrets, shortenConfig } from "../../../src/clientcmd/redact.ts";
import { decodeConfig } from "../../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../../src/codec/kubeconfig/encode-config.ts";
import { KcfgError } from "../../../src/errors.ts";
import { randomText } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected, Fault, SECRET } from "../target.ts";

const EXAMPLES = [
  `apiVersion: v1
kind: Config
current-context: dev
preferences: {colors: true}
clusters:
- name: dev
  cluster:
    server: https://dev.example:6443
    certificate-authority-data: QUJD
    extensions: [{name: note, extension: {a: 1}}]
contexts:
- {name: dev, context: {cluster: dev, user: dev, namespace: shop}}
users:
- name: dev
  user:
    token: ${SECRET}
    password: ${SECRET}
    client-key-data: ${Buffer.from(SECRET).toString("base64")}
    as-user-extra: {scopes: [a, b]}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: login
      args: [--cluster, 'dev']
      env: [{name: A, value: "b"}]
      interactiveMode: Never
- name: old
  user:
    auth-provider:
      name: oidc
      config:
        refresh-token: ${SECRET}
`,
  `{"apiVersion":"v1","kind":"Config","clusters":[{"name":"c","cluster":{"server":"https://h"}}],"users":[{"name":"u","user":{"token":"${SECRET}"}}],"contexts":null}`,
  `a: &a {cluster: c, user: u}\ncontexts:\n- name: x\n  context: *a\n- name: y\n  context: {<<: *a, namespace: n}\n`,
  `users:\n- name: u\n  user:\n    token: ${SECRET}\n    token: >-\n      ${SECRET}\n`,
];

const TOKENS = [
  ..."apiVersion kind clusters contexts users name cluster context user server token exec extensions".split(
    " ",
  ),
  ..."&a *a << !!str !!binary !!int !!float !!map !!set !!null %YAML %TAG | > - ? : , # [ ] { } ~ y no on".split(
    " ",
  ),
  ..."0x1F 0o17 1_000 1e400 .nan -.inf 12:30:45 2001-01-01 __proto__ constructor toString \\u0000 \\x1b".split(
    " ",
  ),
  ..."\ufeff \u0085 \u2028 \ud800 \u{10ffff} \0 \t \r \r\n \n --- ... '' \"\" ' \" @ ` \\".split(" "),
  "- name: ",
  "\n  ",
  "\n- ",
  ": {",
  `token: ${SECRET}`,
  `password: "${SECRET}`,
];

export const target: FuzzTarget = {
  name: "kubeconfig",
  cases: 36_000,
  make: (random, corpus) => randomText(random, EXAMPLES, TOKENS, corpus),
  run: (input) => {
    const text = Buffer.from(input).toString();
    let config: Config;
    try {
      config = decodeConfig(text);
    } catch (error) {
      expected(error, [KcfgError], text);
      return;
    }
    const written = encodeConfig(config);
    const again = encodeConfig(decodeConfig(written));
    if (again !== written) {
      throw new Fault(`what is written is read otherwise:\n${written}\n---\n${again}`);
    }
    const shown = encodeConfig(shortenConfig(redactSecrets(config)));
    for (const user of config.authInfos.values()) {
      for (const secret of [user.token, user.password]) {
        if (secret === SECRET && text.split(SECRET).length === 2 && shown.includes(SECRET)) {
          throw new Fault("view shows the secret");
        }
      }
    }
    encodeConfig(mergeConfigs([config, decodeConfig(EXAMPLES[0] ?? "")]));
    try {
      minifyConfig(config);
    } catch (error) {
      expected(error, [KcfgError]);
    }
  },
};
