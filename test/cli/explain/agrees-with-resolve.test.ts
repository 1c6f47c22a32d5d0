import * as fc from "fast-check";
import { main } from "../../../src/cli/main.ts";
import type { FakeMachine } from "../../support/fake-host.ts";
import { fakeHost } from "../../support/fake-host.ts";

interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

async function run(machine: FakeMachine, argv: readonly string[]): Promise<Outcome> {
  const text = { out: "", err: "" };
  const streams = {
    out: { write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  const exitCode = await main(fakeHost(machine), streams, argv, "kcfg");
  return { ...text, exitCode };
}

interface Told {
  readonly stories: readonly {
    readonly subject: string;
    readonly value: string | null;
    readonly rules: readonly string[];
    readonly steps: readonly { readonly source: string; readonly status: string; readonly value?: string }[];
  }[];
}

const SERVERS = ["https://a", "http://b", "https://c/path?x", "http://localhost:8080", ""];
const USERS = [
  "{token: t1}",
  "{tokenFile: /token}",
  "{token: t2, tokenFile: /token}",
  "{username: u, password: p1}",
  "{exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Never}}",
  "{token: t3, exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Never}}",
  "{auth-provider: {name: oidc}}",
  "{client-certificate-data: QQ==, client-key-data: QQ==}",
  "{as: jane}",
  "{}",
];
const names = fc.constantFrom("a", "b", "c");
const file = fc
  .record({
    current: fc.constantFrom("", "a", "b", "c"),
    clusters: fc.array(fc.tuple(names, fc.constantFrom(...SERVERS), fc.constantFrom("", "name"))),
    users: fc.array(fc.tuple(names, fc.constantFrom(...USERS))),
    contexts: fc.array(fc.tuple(names, names, names, fc.constantFrom("", "", "default", "web"))),
  })
  .map(({ current, clusters, users, contexts }) =>
    [
      `current-context: "${current}"`,
      "clusters:",
      ...unique(clusters).map(
        ([name, server, tls]) =>
          `- {name: ${name}, cluster: {server: "${server}", tls-server-name: "${tls}"}}`,
      ),
      "users:",
      ...unique(users).map(([name, user]) => `- {name: ${name}, user: ${user}}`),
      "contexts:",
      ...unique(contexts).map(
        ([name, cluster, user, space]) =>
          `- {name: ${name}, context: {cluster: ${cluster}, user: ${user}, namespace: "${space}"}}`,
      ),
    ].join("\n"),
  );

function unique<T extends readonly [string, ...unknown[]]>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.map((entry) => [entry[0], entry])).values()];
}

const FLAGS = [
  "--context=a --context=c --cluster=b --user=a --user=b -n=shop --server=https://flag --server=http://flag --token=t9",
  "--as=joe --tls-server-name=x --insecure-skip-tls-verify --username=u --password=p9 --kubeconfig=/f0 --kubeconfig=/none",
].flatMap((line) => line.split(" "));
const flags = fc.uniqueArray(fc.constantFrom(...FLAGS), { maxLength: 3 });

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
const machines = fc
  .record({
    files: fc.array(file, { maxLength: 3 }),
    isPod: fc.boolean(),
    master: fc.constantFrom("", "", "http://master"),
    podNamespace: fc.constantFrom("", "pods"),
    hasNamespaceFile: fc.boolean(),
  })
  .map(({ files, isPod, master, podNamespace, hasNamespaceFile }): FakeMachine => {
    const pod = {
      [`${SERVICE_ACCOUNT}/token`]: "pod-token",
      ...(hasNamespaceFile && { [`${SERVICE_ACCOUNT}/namespace`]: "from-file" }),
    };
    return {
      files: {
        "/token": "from-file-token",
        ...Object.fromEntries(files.map((text, i) => [`/f${i}`, text])),
        ...(isPod && pod),
      },
      env: {
        HOME: "/home/u",
        KUBECONFIG: ["/none", ...files.map((_text, i) => `/f${i}`)].join(":"),
        ...(isPod && { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443" }),
        ...(master !== "" && { KUBERNETES_MASTER: master }),
        ...(podNamespace !== "" && { POD_NAMESPACE: podNamespace }),
      },
    };
  });

const ASKED = "A user name and a password are asked for.";

describe("kcfg explain", () => {
  test("never contradicts kcfg resolve", async () => {
    const seen = { fine: 0, failed: 0, pod: 0 };
    await fc.assert(
      fc.asyncProperty(machines, flags, async (machine, argv) => {
        const told = await run(machine, ["explain", "-o", "json", ...argv]);
        const { stories }: Told = told.out === "" ? { stories: [] } : JSON.parse(told.out);
        if (stories.some(({ rules }) => rules.includes(ASKED))) {
          return;
        }
        const resolved = await run(machine, ["resolve", "-o", "json", ...argv]);
        expect([told.err, told.exitCode]).toEqual([
          resolved.err.replaceAll(/^Expected to load.*\n/gm, ""),
          resolved.exitCode,
        ]);
        for (const { subject, steps, value } of stories) {
          const used = steps.filter(({ status }) => status === "used");
          expect([subject, used.length <= 1 || subject === "files" || subject === "credential"]).toEqual([
            subject,
            true,
          ]);
          if (subject === "server" && value !== null && resolved.exitCode === 0) expect(used.length).toBe(1);
        }
        if (resolved.exitCode !== 0) {
          seen.failed++;
          return;
        }
        seen.fine++;
        const wanted = JSON.parse(resolved.out);
        const values = new Map(stories.map(({ subject, value }) => [subject, value]));
        expect(values.get("server")).toBe(wanted.host);
        expect(values.get("namespace")).toBe(wanted.namespace);
        expect(values.get("as") ?? undefined).toBe(wanted.impersonate?.userName);
        expect(kindOf(wanted)).toBe(values.get("credential"));
        if (values.get("credential") === "the token of the service account") seen.pod++;
        for (const secret of ["t1", "t2", "t3", "t9", "p1", "p9", "pod-token", "from-file-token"]) {
          expect(told.out).not.toMatch(new RegExp(`\\b${secret}\\b`));
        }
      }),
      { numRuns: 250 },
    );
    expect(Object.values(seen).every((count) => count > 3)).toBe(true);
  });
});

/** What a resolved config is to send, in explain's words. */
function kindOf(config: Readonly<Record<string, unknown>>): string | null {
  const { tls = {}, bearerToken, bearerTokenFile, username, execProvider, authProvider } = config;
  const hasCertificate = "certData" in (tls as object);
  const token =
    bearerTokenFile === `${SERVICE_ACCOUNT}/token`
      ? "the token of the service account"
      : bearerTokenFile !== undefined
        ? "a token from a file"
        : bearerToken !== undefined && "a token";
  const own: readonly string[] = [
    hasCertificate && "a client certificate",
    token,
    username !== undefined && "a user name and a password",
  ].filter((kind) => kind !== false);
  if (authProvider !== undefined && own.every((kind) => kind === "a client certificate"))
    return [...own, "an auth-provider"].join(" and ");
  return own.join(" and ") || (execProvider === undefined ? null : "a credential plugin");
}
