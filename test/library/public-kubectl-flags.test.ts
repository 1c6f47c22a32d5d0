import { Command } from "commander";
import type { KubectlFlagsOptions } from "../../src/library/public-kubectl-flags.ts";
import { bindKubectlFlags } from "../../src/library/public-kubectl-flags.ts";
import { kubectlMessage } from "../../src/transport/kubectl-message.ts";
import { createAuthority } from "../support/certificates.ts";
import { fakeHost } from "../support/fake-host.ts";
import type { Reply, SeenRequest, TestServer } from "../support/https-server.ts";
import { startServer } from "../support/https-server.ts";

/** `kubectl options` of 1.35.2 and 1.36.3, with their defaults. The folder of the cache depends on the machine. */
const KUBECTL_OPTIONS = `
--as='' --as-group=[] --as-uid='' --as-user-extra=[] --cache-dir='' --certificate-authority='' --client-certificate=''
--client-key='' --cluster='' --context='' --disable-compression=false --insecure-skip-tls-verify=false --kubeconfig=''
--kuberc='' --log-flush-frequency=5s --match-server-version=false -n,--namespace='' --password='' --profile='none'
--profile-output='profile.pprof' --request-timeout='0' -s,--server='' --tls-server-name='' --token='' --user=''
--username='' -v,--v=0 --vmodule= --warnings-as-errors=false`
  .trim()
  .split(/\s+/)
  .map((each) => {
    const [names = "", initial = ""] = each.split("=");
    return [names.replace(",", ", "), initial.replaceAll("'", "")] as const;
  });

/** A program that neither writes nor ends the process. */
function silent(name = "kubectl-demo"): { readonly program: Command; readonly printed: () => string } {
  let text = "";
  const program = new Command(name).exitOverride().configureOutput({
    writeOut: (out) => (text += out),
    writeErr: (err) => (text += err),
  });
  return { program, printed: () => text };
}

const bind = (program: Command, options: KubectlFlagsOptions = {}, host = fakeHost()) =>
  bindKubectlFlags(program, { host, ...options });

const names = (program: Command): readonly string[] =>
  program.options.map(({ short, long }) => (short === undefined ? (long ?? "") : `${short}, ${long}`));

describe("the flags are those of kubectl options", () => {
  test("with their letters, in their order, under one heading", () => {
    const { program } = silent();
    bind(program);
    expect(names(program)).toEqual(KUBECTL_OPTIONS.map(([flag]) => flag));
    expect(new Set(program.options.map(({ helpGroupHeading }) => helpGroupHeading))).toEqual(
      new Set(["Kubectl flags:"]),
    );
    expect(program.helpInformation().match(/^\S.*:$/gm)).toEqual(["Kubectl flags:", "Options:"]);
  });

  test("with kubectl's defaults", () => {
    const { program } = silent();
    program.action(() => undefined);
    const kubectl = bind(program, {}, fakeHost({ env: { HOME: "/home/ada" } }));
    program.parse([], { from: "user" });
    const { overrides, clientConfig: _, ...values } = kubectl;
    expect(Object.keys(values)).toEqual([]);
    expect([kubectl.kubeconfig, kubectl.kuberc, kubectl.verbosity]).toEqual(["", "", 0]);
    expect([kubectl.matchServerVersion, kubectl.warningsAsErrors]).toEqual([false, false]);
    expect(kubectl.cacheDir).toBe("/home/ada/.kube/cache");
    expect(overrides.timeout).toBe("0");
    expect(program.opts()).toEqual(
      Object.fromEntries(
        KUBECTL_OPTIONS.filter(([, initial]) => !["", "[]", "false"].includes(initial)).map(
          ([flag, initial]) => [
            flag
              .replace(/^(?:-., )?--/, "")
              .replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase()),
            flag.startsWith("-v") ? 0 : initial,
          ],
        ),
      ),
    );
  });

  test.each<readonly [string, readonly string[], string]>([
    [
      "-v",
      ["-vx"],
      'error: invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    ["--profile", ["--profile", "foo"], "unknown profile 'foo'"],
    ["--log-flush-frequency", ["--log-flush-frequency=1"], "parse error"],
    ["--vmodule", ["--vmodule=a"], "syntax error: expect comma-separated list of filename=N"],
    ["-s", ["-s"], "error: flag needs an argument: 's' in -s"],
    ["--warnings-as-errors", ["--warnings-as-errors=2"], 'strconv.ParseBool: parsing "2": invalid syntax'],
  ])("%s is checked", (_flag, argv, message) => {
    const { program } = silent();
    program.action(() => undefined);
    bind(program);
    expect(() => program.parse(argv, { from: "user" })).toThrow(message);
  });

  test("-n is taken as it is, as by kubectl", () => {
    const { program } = silent();
    program.action(() => undefined);
    const { overrides } = bind(program);
    program.parse(["-nns/a"], { from: "user" });
    expect(overrides.context.namespace).toBe("ns/a");
  });
});

describe("names", () => {
  test("a prefix is for the flags about the connection, which then have no letters; the sides share the others", () => {
    const { program, printed } = silent();
    program.action(() => undefined);
    const from = bind(program, { prefix: "from-", side: "source cluster" });
    const to = bind(program, { prefix: "to-" });
    expect(names(program).filter((name) => name.startsWith("-") && !name.startsWith("--"))).toEqual([
      "-v, --v",
    ]);
    expect(names(program)).toHaveLength(20 + 9 + 20);
    program.outputHelp();
    expect(printed().match(/^Kubectl flags.*$/gm)).toEqual([
      "Kubectl flags (source cluster):",
      "Kubectl flags:",
      "Kubectl flags (to):",
    ]);
    const help = printed().replaceAll(/\s+/g, " ");
    expect(help).toContain("--from-context <value> (source cluster) Name of the kubeconfig context to use.");
    expect(help).toContain("--to-kubeconfig <value> (to) Kubeconfig file to use");
    program.parse(["--from-context=a", "--to-context", "b", "-v4", "--from-kubeconfig=f", "--kuberc=k"], {
      from: "user",
    });
    expect([from.overrides.currentContext, from.kubeconfig, from.verbosity, from.kuberc]).toEqual([
      "a",
      "f",
      4,
      "k",
    ]);
    expect([to.overrides.currentContext, to.kubeconfig, to.verbosity, to.kuberc]).toEqual(["b", "", 4, "k"]);
  });

  test("one side may have no prefix", () => {
    const { program } = silent();
    bind(program);
    bind(program, { prefix: "to-" });
    expect(names(program)).toHaveLength(29 + 20);
  });

  test("flags and letters can be left out", () => {
    const { program } = silent();
    program.option("-s, --size <n>").option("--token <t>");
    bind(program, { omit: ["-s", "--token", "--password", "-v"] });
    expect(names(program).filter((name) => /size|server$|token|password|--v$/.test(name))).toEqual([
      "-s, --size",
      "--token",
      "--server",
      "--v",
    ]);
    expect(() => bind(new Command("x"), { omit: ["--tokn"] })).toThrow(
      new TypeError('bindKubectlFlags: option "omit": kubectl has no flag "--tokn"'),
    );
    expect(() => bind(new Command("x"), { prefix: "a-", omit: ["--token"] })).toThrow("kubectl has no flag");
  });

  test.each([
    ["--token <t>", "--token"],
    ["-s, --size <n>", "-s"],
    ["-v, --verbose", "-v"],
    ["--kuberc <file>", "--kuberc"],
  ])("an option %s of the program is refused by name", (flags, name) => {
    const { program } = silent();
    program.option(flags);
    expect(() => bind(program)).toThrow(
      new Error(
        `cannot bind kubectl's ${name} to command "kubectl-demo": it has an option of that name; leave kubectl's out with omit: ["${name}"]`,
      ),
    );
    expect(program.options).toHaveLength(1);
  });

  test("an option of a subcommand goes before them", () => {
    const { program, printed } = silent();
    let seen: object = {};
    const kubectl = bind(program);
    program
      .command("grant <role>")
      .option("-v, --user <name>")
      .action((_role, options: object) => {
        seen = options;
      });
    program.parse(["--context=c", "grant", "edit", "-v", "jane", "--token", "t"], { from: "user" });
    expect(seen).toEqual({ user: "jane" });
    expect([kubectl.overrides.context.authInfo, kubectl.overrides.authInfo.token, kubectl.verbosity]).toEqual(
      ["", "t", 0],
    );
    expect(() => program.parse(["grant", "--help"], { from: "user" })).toThrow("(outputHelp)");
    expect(printed()).toContain(
      '\nUse "kubectl-demo --help" for the flags of kubectl, which every command takes.\n',
    );
    expect(() => program.parse(["--help"], { from: "user" })).toThrow("(outputHelp)");
    expect(printed().match(/Use "kubectl-demo/g)).toHaveLength(1);
  });
});

describe("the aliases and defaults of a kuberc", () => {
  const kuberc = `
apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
defaults:
  - command: greet
    options: [{ name: greeting, default: Ahoy }, { name: namespace, default: sea }]
  - command: get
    options: [{ name: output, default: yaml }]
aliases:
  - name: bye
    command: greet
    prependArgs: [Ada]
    options: [{ name: greeting, default: Farewell }]
  - name: bad
    command: nothing
`;
  const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}, applyKuberc = true) => {
    const { program, printed } = silent();
    const host = fakeHost({
      env: { HOME: "/h", ...env },
      files: { "/h/.kube/kuberc": kuberc, "/other": `${kuberc}x: 1\n` },
    });
    const kubectl = bind(program, { applyKuberc }, host);
    let said = "";
    program
      .command("greet")
      .argument("[names...]")
      .option("-g, --greeting <word>", "", "Hello")
      .action((people: string[], { greeting }: { greeting: string }) => {
        said = [greeting, ...people, kubectl.overrides.context.namespace].join(" ");
      });
    try {
      program.parse(argv, { from: "user" });
    } catch (error) {
      return kubectlMessage(error);
    }
    return said + printed();
  };

  test.each<readonly [readonly string[], string, string]>([
    [["greet", "Bob"], "", "Ahoy Bob sea"],
    [["greet", "-n", "land", "-gHi"], "", "Hi land"],
    [["bye", "Bob"], "", "Farewell Ada Bob "],
    [["-nland", "greet"], "", "Ahoy land"],
    [["greet"], "off", "Hello "],
    [
      ["bad"],
      "",
      'error occurred while applying preferences command "nothing" not found to set alias "bad": [nothing]',
    ],
    [
      ["greet", "--kuberc=/nowhere"],
      "",
      "error occurred while applying preferences kuberc error kuberc: open /nowhere: no such file or directory",
    ],
    [
      ["greet", "--kuberc", "/other"],
      "",
      'Ahoy seakuberc: ignoring strict decoding error in /other: strict decoding error: unknown field "x"\n',
    ],
  ])("%j with KUBERC=%j", (argv, variable, said) => {
    expect(run(argv, { KUBERC: variable })).toBe(said);
  });

  test("apply on request only, and never in a credential plugin, whose client may have chosen the file", () => {
    expect(run(["greet"], {}, false)).toBe("Hello ");
    expect(run(["greet"], { KUBERNETES_EXEC_INFO: "{}" })).toBe("Hello ");
  });

  test("are for programs, not for their subcommands", () => {
    const { program } = silent();
    const sub = program.command("sub").action(() => undefined);
    bind(sub, { applyKuberc: true });
    expect(() => program.parse(["sub"], { from: "user" })).toThrow("applyKuberc is for the program");
  });
});

describe("connect", () => {
  let server: TestServer;
  let kubeconfig: string;
  const warning = "Warning: v1 Foo is deprecated";
  const reply = (_request: SeenRequest): Reply => ({
    status: 200,
    headers: { "content-type": "application/json", warning: `299 - "${warning.slice(9)}"` },
    body: "{}",
  });

  beforeAll(async () => {
    const authority = await createAuthority();
    const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
    server = await startServer({ identity, reply });
    kubeconfig = JSON.stringify({
      clusters: [
        {
          name: "c",
          cluster: {
            server: server.url,
            "certificate-authority-data": Buffer.from(authority.certificate).toString("base64"),
          },
        },
      ],
      users: [{ name: "u", user: { token: "t0ken" } }],
      contexts: [{ name: "x", context: { cluster: "c", user: "u", namespace: "shop" } }],
      "current-context": "x",
    });
  });
  afterAll(() => server.close());
  beforeEach(() => server.reset(reply));

  const run = async (...argv: readonly string[]) => {
    const { program, printed } = silent();
    const kubectl = bind(
      program,
      {},
      {
        ...fakeHost({ env: { HOME: "/h", KUBECONFIG: "/k", KUBERC: "off" }, files: { "/k": kubeconfig } }),
        now: () => Date.now(),
      },
    );
    program.command("get").action(async () => {
      const connection = await kubectl.connect();
      try {
        await (await connection.fetch(`/${kubectl.namespace()}`)).text();
        await (await connection.fetch("/again")).text();
      } finally {
        await connection.close();
      }
    });
    const error = await program.parseAsync(argv, { from: "user" }).then(
      () => "",
      (thrown: unknown) => kubectlMessage(thrown),
    );
    return { printed: printed(), error };
  };

  test("goes where the flags say, and prints each warning once", async () => {
    expect(await run("get", "-n", "web", "--as=jane", "--token", "other")).toEqual({
      printed: "Warning: v1 Foo is deprecated\n",
      error: "",
    });
    const [first] = server.requests;
    expect(first?.target).toBe("/web");
    expect(Object.fromEntries(first?.headers ?? [])).toMatchObject({
      Authorization: "Bearer other",
      "Impersonate-User": "jane",
    });
  });

  test("--warnings-as-errors makes the program fail in the end, in kubectl's words", async () => {
    expect((await run("get", "--warnings-as-errors")).error).toBe("error: 1 warning received");
    expect(server.requests).toHaveLength(2);
  });

  test("-v logs what kubectl logs, without credentials", async () => {
    const { printed } = await run("get", "-v=7");
    expect(printed).toMatch(/^I\d{4} .* load:1\] Config loaded from file: {2}\/k$/m);
    expect(printed).toMatch(/ fetch:1\] "Request" verb="GET" url="https:.*\/shop" headers=</);
    expect(printed).toContain("Authorization: Bearer <masked>");
    expect(printed).not.toContain("t0ken");
    expect((await run("get", "-v=5")).printed).not.toContain("Request");
  });

  test("errors are kubectl's", async () => {
    expect((await run("get", "--context=nope")).error).toBe('error: context "nope" does not exist');
    expect((await run("get", "--kuberc=/none")).error).toBe(
      "error occurred while applying preferences kuberc error disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive",
    );
    expect((await run("get", "--kubeconfig=/none")).error).toBe(
      "error: stat /none: no such file or directory",
    );
    expect((await run("get", "-s", "https://127.0.0.1:1", "--insecure-skip-tls-verify")).error).toContain(
      "127.0.0.1:1",
    );
  });
});
