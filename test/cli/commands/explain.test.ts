import { main } from "../../../src/cli/main.ts";
import type { FakeMachine } from "../../support/fake-host.ts";
import { fakeHost } from "../../support/fake-host.ts";

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

async function runOn(machine: FakeMachine, argv: readonly string[], isTTY = false): Promise<Outcome> {
  const text = { out: "", err: "" };
  const streams = {
    out: { isTTY, write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  const exitCode = await main(fakeHost(machine), streams, argv, "kcfg");
  return { ...text, exitCode };
}

const TEAM = `current-context: prod
clusters:
- name: prod
  cluster: {server: "https://u:pw@prod.example.com", certificate-authority: ca.crt}
- name: dev
  cluster:
    server: https://10.1.2.3
    tls-server-name: dev.internal
contexts:
- name: prod
  context: {cluster: prod, user: deploy, namespace: shop}
- name: a.b
  context: {cluster: dev, user: ""}
users:
- name: deploy
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: corporate-login
      args: [--password, hunter2]
      env: [{name: KEY, value: hunter2}]
      interactiveMode: Never
preferences: {colors: true}
extensions: [{name: x.y, extension: 1}]
`;

const MINE = `current-context: dev
clusters: [{name: dev, cluster: {server: https://dev.example.com, proxy-url: http://proxy}}]
contexts: [{name: dev, context: {cluster: dev, user: me, namespace: default}}]
users: [{name: me, user: {token: hunter2, as: jane, as-groups: [ops, "two\\nlines"]}}]
`;

const MACHINE: FakeMachine = {
  files: { "/home/u/team.yaml": TEAM, "/home/u/ca.crt": "CA", "/home/u/.kube/config": MINE },
  env: { HOME: "/home/u", KUBECONFIG: "/home/u/team.yaml:gone:/home/u/.kube/config" },
};

async function explain(...argv: readonly string[]): Promise<Outcome> {
  return await runOn(MACHINE, ["explain", ...argv]);
}

describe("kcfg explain", () => {
  test("tells the story of a whole connection", async () => {
    expect(await explain()).toEqual({
      out: `files: 2 of 3
     --kubeconfig    not given
  => KUBECONFIG      a list of 3 files
  => ~/team.yaml
     gone            no such file
  => ~/.kube/config
  They are merged; the first file to define a name keeps it.

context: prod
     --context         not given
  => ~/team.yaml:1     prod
     ~/.kube/config:1  dev (shadowed)
  The first file that sets current-context gives it.

cluster: prod
     --cluster       not given
  => ~/team.yaml:11  prod, by the context "prod"

server: https://REDACTED@prod.example.com
     --server       not given
  => ~/team.yaml:4  https://REDACTED@prod.example.com

user: deploy
     --user          not given
  => ~/team.yaml:11  deploy, by the context "prod"

credential: a credential plugin
  => ~/team.yaml:17  exec: the plugin corporate-login

namespace: shop
     --namespace     not given
  => ~/team.yaml:11  shop, by the context "prod"
`,
      err: "",
      exitCode: 0,
    });
  });

  test("tells what flags change", async () => {
    const { out } = await explain(
      ..."--context=dev --server=https://flag --token=hunter2 --as=joe -n web --insecure-skip-tls-verify".split(
        " ",
      ),
    );
    expect(out).toContain(`context: dev
  => --context         dev
     ~/team.yaml:1     prod (overridden)
     ~/.kube/config:1  dev (shadowed)
`);
    expect(out).toContain(`server: https://flag
  => --server          https://flag
     ~/team.yaml:7     https://10.1.2.3 (overridden)
     ~/.kube/config:2  https://dev.example.com (shadowed)
  A flag goes before the files.
`);
    expect(out).toContain(`credential: a token
  => --token           REDACTED
     ~/.kube/config:4  token: REDACTED (overridden)
`);
    expect(out).toContain(`tls-server-name: none
     --tls-server-name  not given
  => --server           which takes the place of tls-server-name too
     ~/team.yaml:8      dev.internal (overridden)
`);
    expect(out).toContain(`insecure-skip-tls-verify: true
  => --insecure-skip-tls-verify  true
`);
    expect(out).toContain(`as: joe
  => --as              joe
     ~/.kube/config:4  jane (overridden)
`);
    expect(out).toContain(`namespace: web
  => --namespace       web
     ~/.kube/config:3  default, by the context "dev" (overridden)
`);
  });

  test.each<[string, string]>([
    [
      "current-context",
      `current-context: prod
  => ~/team.yaml:1     prod
     gone              no such file
     ~/.kube/config:1  dev (shadowed)
  The first file that sets current-context gives it.
`,
    ],
    [
      "cluster",
      `cluster: prod
     --cluster       not given
  => ~/team.yaml:11  prod, by the context "prod"
     gone            no such file
     ~/.kube/config  has no context prod

clusters.prod
  => ~/team.yaml:3
     gone            no such file
     ~/.kube/config  has no cluster prod

clusters.prod.server: https://REDACTED@prod.example.com
     --server       not given
  => ~/team.yaml:4  https://REDACTED@prod.example.com

clusters.prod.certificate-authority: /home/u/ca.crt
     --certificate-authority  not given
  => ~/team.yaml:4            ca.crt
  A relative path counts from the folder of its file.
`,
    ],
    [
      "clusters.dev.server",
      `clusters.dev.server: https://10.1.2.3
  => ~/team.yaml:7     https://10.1.2.3
     gone              no such file
     ~/.kube/config:2  https://dev.example.com (shadowed)
  The first file that defines a name keeps the whole entry.
`,
    ],
    [
      "clusters.dev.proxy-url",
      `clusters.dev.proxy-url: none
     ~/team.yaml       not set
     gone              no such file
     ~/.kube/config:2  http://proxy (shadowed)
  The first file that defines a name keeps the whole entry.
`,
    ],
    [
      "users.deploy.exec.command",
      `users.deploy.exec.command: corporate-login
  => ~/team.yaml:19  corporate-login
     gone            no such file
     ~/.kube/config  has no user deploy
`,
    ],
    ["users.deploy.exec.args.1", "users.deploy.exec.args.1: REDACTED\n  => ~/team.yaml:20  REDACTED\n"],
    ["users.deploy.exec.env.0.value", "users.deploy.exec.env.0.value: REDACTED\n"],
    ["users.me.token", "users.me.token: REDACTED\n     ~/team.yaml       has no user me\n"],
    ["users.me.act-as", "users.me.as: jane\n"],
    ["users.me.as", "users.me.as: jane\n"],
    ["users.me.as-groups", 'users.me.as-groups: ops, "two\\nlines"\n'],
    ["contexts.a.b.user", "contexts.a.b.user: none\n     ~/team.yaml:13  empty\n"],
    ["contexts.a.b.cluster", "contexts.a.b.cluster: dev\n  => ~/team.yaml:13  dev\n"],
    ["contexts.a.b", "contexts.a.b\n  => ~/team.yaml:12\n"],
    ["preferences.colors", "preferences.colors: true\n  => ~/team.yaml:23  true\n"],
    ["extensions.x.y", "extensions.x.y\n  => ~/team.yaml:24\n"],
  ])("tells the story of %s", async (what, expected) => {
    const { out, err, exitCode } = await explain(what);
    expect(out.slice(0, expected.length)).toBe(expected);
    expect([err, exitCode]).toEqual(["", 0]);
  });

  test.each<[string, string]>([
    ["clusters.prodd", 'there is no cluster "prodd" (did you mean "prod"?); there are: "dev", "prod"'],
    ["users.nobody", 'there is no user "nobody"; there are: "deploy", "me"'],
    ["clusters.dev.sever", 'a cluster has no field "sever" (did you mean "server"?); there are: '],
    ["contexts", 'which context? say contexts.NAME; there are: "a.b", "dev", "prod"'],
    ["extensions.z", 'there is no extension "z"; there are: "x.y"'],
    ["preferences.extensions.z", 'there is no extension "z"; there are none'],
    ["preferences", "of the preferences there are preferences.colors and preferences.extensions.NAME"],
    ["contex", 'there is no "contex" to explain (did you mean "context"?); there are: '],
    ["a b", 'there is no "a b" to explain; there are: '],
  ])("refuses %s, and says what there is", async (what, reason) => {
    const { out, err, exitCode } = await explain(what);
    expect([out, exitCode]).toEqual(["", 1]);
    expect(err).toContain(`error: ${reason}`);
  });

  test("refuses other formats and more arguments", async () => {
    expect((await explain("-o", "wide")).err).toContain('--output must be text, json or yaml, not "wide"');
    expect((await explain("a", "b")).err).toContain("unexpected arguments: [b]");
  });

  test("tells as much as it can, then fails as a client would", async () => {
    const { out, err, exitCode } = await explain("--context", "dve");
    expect(out).toMatch(
      /There is no context "dve" \(did you mean "dev"\?\); there are: "a.b", "dev",\n {2}"prod".\n$/,
    );
    expect([err, exitCode]).toEqual(['error: context "dve" does not exist\n', 1]);
  });

  test("fails as a client would when a file cannot be read", async () => {
    expect(await explain("--kubeconfig", "none")).toEqual({
      out: "",
      err: "error: stat none: no such file or directory\n",
      exitCode: 1,
    });
  });

  test("tells that a name and a password are asked for, and asks nobody", async () => {
    const { out, exitCode } = await explain("user", "--context=a.b");
    expect(out).toContain("credential: none\n  A user name and a password are asked for.\n");
    expect(exitCode).toBe(0);
  });

  test("tells of a server without TLS that it gets no credential", async () => {
    const { out } = await explain("user", "--server", "http://plain");
    expect(out).toContain("Nothing that says who the client is goes to a server without TLS.\n");
  });

  test("tells of an empty home", async () => {
    const { out, exitCode } = await runOn({ env: { HOME: "/home/u" } }, ["explain"]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`files: 0 of 1
     --kubeconfig    not given
     KUBECONFIG      not set
  => default         the kubeconfig in the home folder
     ~/.kube/config  no such file
`);
    expect(out).toContain(`server: http://localhost:8080
     --server           not given
     KUBERNETES_MASTER  not set
  => default            http://localhost:8080
`);
    const named = await runOn({ env: { HOME: "/", KUBERNETES_MASTER: "https://m" } }, ["explain", "cluster"]);
    expect(named.out).toContain("=> KUBERNETES_MASTER  https://m\n");
  });

  test("tells what a pod gives", async () => {
    const account = "/var/run/secrets/kubernetes.io/serviceaccount";
    const pod: FakeMachine = {
      files: { [`${account}/token`]: "hunter2", [`${account}/namespace`]: "web" },
      env: { HOME: "/", KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443" },
    };
    const { out } = await runOn(pod, ["explain"]);
    expect(out).toContain(`server: https://10.0.0.1:443
     --server                 not given
     KUBERNETES_MASTER        not set
     default                  http://localhost:8080 (overridden)
  => KUBERNETES_SERVICE_HOST  10.0.0.1
  Nothing is configured, and this process runs in a pod, whose cluster it takes.
`);
    expect(out).toContain(`credential: the token of the service account
  => ${account}/token
`);
    expect(out).toContain(`namespace: web
     --namespace    not given
     POD_NAMESPACE  not set
  => ${account}/namespace
                    web
  No context names a namespace, and this process runs in a pod.
`);
    const named = await runOn({ ...pod, env: { ...pod.env, POD_NAMESPACE: "n" } }, ["explain", "namespace"]);
    expect(named.out).toContain("  => POD_NAMESPACE  n\n");
  });

  test("prints the stories as JSON and YAML", async () => {
    const { stories, error } = JSON.parse((await explain("clusters.dev.server", "-o", "json")).out);
    expect(error).toBeNull();
    expect(stories).toEqual([
      {
        subject: "clusters.dev.server",
        value: "https://10.1.2.3",
        steps: [
          {
            source: "file",
            file: "/home/u/team.yaml",
            line: 7,
            column: 5,
            status: "used",
            value: "https://10.1.2.3",
          },
          { source: "file", file: "gone", status: "missing" },
          {
            source: "file",
            file: "/home/u/.kube/config",
            line: 2,
            column: 34,
            status: "shadowed",
            value: "https://dev.example.com",
          },
        ],
        rules: ["The first file that defines a name keeps the whole entry."],
      },
    ]);
    expect((await explain("current-context", "-o", "yaml")).out).toMatch(
      /^error: null\nstories:\n- rules:\n/,
    );
    const failed = await explain("context", "--context=z", "-o", "json");
    expect(JSON.parse(failed.out).error).toBe('error: context "z" does not exist');
    expect(failed.exitCode).toBe(1);
  });

  test("shows no secret, whatever is asked for", async () => {
    for (const what of [
      "",
      "user",
      "users.me",
      "users.deploy",
      "users.deploy.exec",
      "users.deploy.exec.env",
    ]) {
      for (const format of ["text", "json"]) {
        const { out } = await explain(...(what === "" ? [] : [what]), "-o", format, "--password=hunter2");
        expect(out).not.toContain("hunter2");
        expect(out).not.toContain("pw@");
      }
    }
  });

  test("fits 80 columns, and lets no control character through", async () => {
    const odd = {
      files: {
        "a\u001b[2J\nb": 'current-context: "c\\e\\n"\ncontexts: [{name: "c\\e\\n", context: {user: "\\e"}}]',
      },
      env: { HOME: "/", KUBECONFIG: "a\u001b[2J\nb" },
    };
    for (const what of [[], ["context"], ["user"], ["contexts.c\u001b\n"]]) {
      const { out } = await runOn(odd, ["explain", ...what]);
      // eslint-disable-next-line no-control-regex -- control characters are what it looks for
      expect(out).not.toMatch(/[\0-\x09\x0b-\x1f]/);
      for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test("names the same places as view --show-origin", async () => {
    const { origins } = JSON.parse((await runOn(MACHINE, ["view", "--show-origin", "-o", "json"])).out);
    const checked: string[] = [];
    for (const section of ["clusters", "users", "contexts"]) {
      for (const [name, entry] of Object.entries<Entry>(origins[section])) {
        for (const [field, wanted] of Object.entries({ ...entry.fields, "": entry })) {
          const path = [section, name, ...(field === "" ? [] : [field])].join(".");
          const { stories } = JSON.parse((await explain(path, "-o", "json")).out);
          const steps: readonly Step[] = stories[0].steps;
          const places = steps
            .filter(({ status }) => status === "used" || status === "shadowed")
            .map(placeOf);
          // What is written and empty has a place, and decides nothing.
          if (path !== "contexts.a.b.user")
            expect([path, places]).toEqual([path, [wanted, ...wanted.shadowed].map(placeOf)]);
          checked.push(path);
        }
      }
    }
    expect(checked.length).toBe(23);
  });

  test("paints on terminals only", async () => {
    const { out } = await runOn(MACHINE, ["explain", "current-context"], true);
    expect(out).toContain(
      "\u001b[1mcurrent-context\u001b[0m: prod\n  \u001b[32m=>\u001b[0m ~/team.yaml:1     prod\n",
    );
  });
});

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Origin extends Place {
  readonly shadowed: readonly Place[];
}

interface Entry extends Origin {
  readonly fields: Readonly<Record<string, Origin>>;
}

interface Step extends Place {
  readonly status: string;
}

function placeOf({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
