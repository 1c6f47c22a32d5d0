import type { Group } from "./build.ts";
import { cluster, dedent, list, one, user } from "./build.ts";

const sample = dedent(`
  clusters:
  - {name: prod, cluster: {server: https://prod}}
  - {name: dev, cluster: {server: https://dev}}
  contexts:
  - {name: prod, context: {cluster: prod, user: me, namespace: web}}
  - {name: dev, context: {cluster: dev, user: you}}
  - {name: no-cluster, context: {user: me}}
  - {name: no-user, context: {cluster: prod}}
  - {name: nothing, context: {}}
  - {name: lost-cluster, context: {cluster: gone, user: me}}
  - {name: lost-user, context: {cluster: prod, user: gone}}
  - {name: lost, context: {cluster: gone, user: gone}}
  users:
  - {name: me, user: {token: s3cr3t}}
  - {name: you, user: {username: you, password: s3cr3t}}
  current-context: prod
`);
const minify = ["view", "--minify"];
const secretUser = user(
  "token: s3cr3t",
  "tokenFile: /t",
  "username: me",
  "password: s3cr3t",
  "client-certificate-data: czNjcjN0",
  "client-key-data: czNjcjN0",
  "client-certificate: c",
  "client-key: k",
  "auth-provider: {name: oidc, config: {id-token: s3cr3t}}",
  "exec: {command: p, args: [--token=s3cr3t], env: [{name: T, value: s3cr3t}]}",
  "extensions: [{name: e, extension: {token: s3cr3t}}]",
  "as-user-extra: {token: [s3cr3t]}",
);

/** --minify and --context, and what is hidden without --raw. */
export const selecting: Group = {
  rule: "selecting",
  cases: [
    one("--minify keeps what the current context needs", sample, minify),
    ...[
      "dev",
      "no-cluster",
      "no-user",
      "nothing",
      "lost-cluster",
      "lost-user",
      "lost",
      "nope",
      "",
      " ",
      "PROD",
    ].flatMap((name) => [
      one(`--minify --context="${name}" keeps what that context needs`, sample, [
        "view",
        "--minify",
        `--context=${name}`,
      ]),
      one(
        `--minify of current-context "${name}"`,
        sample.replace("current-context: prod", `current-context: "${name}"`),
        minify,
      ),
    ]),
    one("--context may be two words", sample, ["view", "--minify", "--context", "dev"]),
    one("the last --context wins", sample, ["view", "--minify", "--context=nope", "--context=dev"]),
    one("--context without --minify changes nothing", sample, ["view", "--context=dev"]),
    one("--context of a missing context without --minify changes nothing", sample, [
      "view",
      "--context=nope",
    ]),
    one("--minify --user is not obeyed", sample, ["view", "--minify", "--user=you"]),
    one("--minify --cluster is not obeyed", sample, ["view", "--minify", "--cluster=dev"]),
    one("--minify -n is not obeyed", sample, ["view", "--minify", "-n", "other"]),
    one("--minify=false changes nothing", sample, ["view", "--minify=false", "--context=dev"]),
    one("--minify of an empty config is an error", "", minify),
    one("--minify of an empty config with --context is an error", "", ["view", "--minify", "--context=x"]),
    one(
      "--minify keeps preferences and extensions",
      `${sample}preferences: {colors: true}\nextensions: [{name: e, extension: 1}]\n`,
      minify,
    ),
    one("--minify --raw shows the token", sample, ["view", "--minify", "--raw"]),
    one("--minify -o json", sample, ["view", "--minify", "-o", "json"]),
    one("--minify --flatten shows the token", sample, ["view", "--minify", "--flatten"]),
    one(
      "--minify keeps the whole context with its extensions",
      sample.replace("namespace: web", "namespace: web, extensions: [{name: e, extension: 1}]"),
      minify,
    ),
    list("--minify over several files", { a: "current-context: dev\n", b: sample }, ["a", "b"], minify),
    one("--context is not obeyed by get-contexts", sample, ["get-contexts", "--context=dev"]),
    one("--context is not obeyed by current-context", sample, ["current-context", "--context=dev"]),
    one("--context of a missing context does not matter to current-context", sample, [
      "current-context",
      "--context=nope",
    ]),

    one("secrets are hidden", secretUser),
    one("secrets are shown with --raw", secretUser, ["view", "--raw"]),
    one(
      "secrets are shown with --flatten, where no file is needed",
      user("token: s3cr3t", "password: s3cr3t", "client-key-data: czNjcjN0"),
      ["view", "--flatten"],
    ),
    one("--raw=false hides secrets", secretUser, ["view", "--raw=false"]),
    one("--raw --raw=false hides secrets", secretUser, ["view", "--raw", "--raw=false"]),
    one("secrets are hidden in json", secretUser, ["view", "-o", "json"]),
    one("secrets are hidden in kyaml", secretUser, ["view", "-o", "kyaml"]),
    one("secrets are hidden from jsonpath", secretUser, ["view", "-o", "jsonpath={.users[0].user}"]),
    one("secrets are hidden from jsonpath-as-json", secretUser, [
      "view",
      "-o",
      "jsonpath-as-json={.users[0].user}",
    ]),
    one("secrets are shown to jsonpath with --raw", secretUser, [
      "view",
      "--raw",
      "-o",
      "jsonpath={.users[0].user.token}",
    ]),
    one("an empty token stays absent", user("token: ''", "password: ''")),
    one("a null token stays absent", user("token: ~", "client-key-data: ~")),
    one("a blank token is hidden", user("token: ' '", "password: ' '")),
    one("the CA is omitted", cluster("certificate-authority-data: czNjcjN0")),
    one("an empty CA stays absent", cluster("certificate-authority-data: ''")),
    one("the CA is shown with --raw", cluster("certificate-authority-data: czNjcjN0"), ["view", "--raw"]),
    one(
      "client certificate and key are omitted",
      user("client-certificate-data: czNjcjN0", "client-key-data: czNjcjN0"),
    ),
    one(
      "omitted data in json is base64 of the word",
      user("client-certificate-data: czNjcjN0", "client-key-data: czNjcjN0"),
      ["view", "-o", "json"],
    ),
    one("omitted data in kyaml", user("client-certificate-data: czNjcjN0", "client-key-data: czNjcjN0"), [
      "view",
      "-o",
      "kyaml",
    ]),
    one("omitted data by jsonpath", user("client-certificate-data: czNjcjN0", "client-key-data: czNjcjN0"), [
      "view",
      "-o",
      "jsonpath={.users[0].user.client-key-data}",
    ]),
    one("data that says DATA+OMITTED already", user("client-key-data: REFUQStPTUlUVEVE")),
    one("a token that says REDACTED already", user("token: REDACTED"), ["view", "--raw"]),
    one(
      "two users' secrets are hidden",
      "users:\n- {name: a, user: {token: s3cr3t}}\n- {name: b, user: {password: s3cr3t}}\n",
    ),
    one("user names are shown", user("username: me", "password: s3cr3t")),
    one(
      "a proxy's password is shown",
      cluster("proxy-url: http://me:s3cr3t@proxy", "server: https://me:s3cr3t@x"),
    ),
  ],
};
