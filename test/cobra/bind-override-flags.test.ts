import { inspect } from "node:util";
import { Command } from "commander";
import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newContext } from "../../src/api/config.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { PflagCommand } from "../../src/cli/pflag-command.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import {
  bindAuthInfoFlags,
  bindClusterFlags,
  bindContextFlags,
  bindOverrideFlags,
} from "../../src/cobra/bind-override-flags.ts";
import {
  recommendedAuthOverrideFlags,
  recommendedClusterOverrideFlags,
  recommendedConfigOverrideFlags,
  recommendedContextOverrideFlags,
} from "../../src/clientcmd/override-flags.ts";
import { bindStringFlag } from "../../src/cobra/bind-flag.ts";
import { deferredClientConfig } from "../../src/loading/client-configs.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { fakeHost } from "../support/fake-host.ts";

/** A command that neither writes nor ends the process. */
function silent<T extends Command>(command: T): T {
  return command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
}

function tool(): Command {
  return silent(new Command("tool"))
    .argument("[args...]")
    .action(() => undefined);
}

/** Parses with the recommended flags alone. */
function parse(...argv: readonly string[]): ConfigOverrides {
  const overrides = new ConfigOverrides();
  const command = tool();
  bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
  command.parse(argv, { from: "user" });
  return overrides;
}

describe("client-go TestNamespacePrefixStrip", () => {
  test.each([
    ["namespaces/foo", "foo"],
    ["NAMESPACES/foo", "foo"],
    ["NameSpaces/foo", "foo"],
    ["namespace/foo", "foo"],
    ["NAMESPACE/foo", "foo"],
    ["nameSpace/foo", "foo"],
    ["ns/foo", "foo"],
    ["NS/foo", "foo"],
    ["namespaces/", "namespaces/"],
    ["namespace/", "namespace/"],
    ["ns/", "ns/"],
  ])("--namespace %s is the namespace %s", (given, expected) => {
    expect(parse("--namespace", given).context.namespace).toBe(expected);
  });
});

describe("each flag writes its override", () => {
  test("all at once", () => {
    expect(
      parse(
        ...(
          "--client-certificate=cert --client-key=key --token=secret --as=jane --as-uid=7 " +
          "--as-group=a,b --as-group=c --as-user-extra=k=1 --as-user-extra=k=2=3 --username=u --password=p " +
          "--server=https://s --certificate-authority=ca --insecure-skip-tls-verify --tls-server-name=n " +
          "--proxy-url=http://p --disable-compression=T --cluster=c1 --user=u1 -nn1 --context=x --request-timeout=5s"
        ).split(" "),
      ),
    ).toEqual(
      new ConfigOverrides({
        authInfo: new AuthInfo({
          clientCertificate: "cert",
          clientKey: "key",
          token: "secret",
          impersonate: "jane",
          impersonateUid: "7",
          impersonateGroups: ["a,b", "c"],
          impersonateUserExtra: new Map([["k", ["1", "2=3"]]]),
          username: "u",
          password: "p",
        }),
        cluster: new Cluster({
          server: "https://s",
          certificateAuthority: "ca",
          insecureSkipTlsVerify: true,
          tlsServerName: "n",
          proxyUrl: "http://p",
          disableCompression: true,
        }),
        context: newContext({ cluster: "c1", authInfo: "u1", namespace: "n1" }),
        currentContext: "x",
        timeout: "5s",
      }),
    );
  });

  test("and none writes what was not given but its default", () => {
    expect(parse()).toEqual(new ConfigOverrides({ timeout: "0" }));
  });

  test("the groups can be bound one by one", () => {
    const overrides = new ConfigOverrides();
    const command = tool();
    bindAuthInfoFlags(command, overrides, recommendedAuthOverrideFlags("a-"));
    bindClusterFlags(command, overrides, recommendedClusterOverrideFlags("b-"));
    bindContextFlags(command, overrides, recommendedContextOverrideFlags("c-"));
    command.parse(["--a-token=t", "--b-server", "s", "-n=NS/n"], { from: "user" });
    expect(overrides).toEqual(
      new ConfigOverrides({
        authInfo: new AuthInfo({ token: "t" }),
        cluster: new Cluster({ server: "s" }),
        context: newContext({ namespace: "n" }),
      }),
    );
  });
});

describe("a flag of one's own", () => {
  test("is read as the others are", () => {
    const info = {
      longName: "kubeconfig",
      shortName: "",
      default: "",
      description: "A file.",
      secret: false,
    };
    let explicitPath = "before";
    const command = tool();
    bindStringFlag(command, info, (path) => {
      explicitPath = path;
    });
    expect(explicitPath).toBe("");
    command.parse(["--kubeconfig", "-", "--kubeconfig=--"], { from: "user" });
    expect(explicitPath).toBe("--");
  });
});

describe("defaults", () => {
  test("are written when the flags are bound, over what is there, as pflag does", () => {
    const overrides = new ConfigOverrides({
      timeout: "9s",
      authInfo: new AuthInfo({ token: "old", tokenFile: "file" }),
    });
    const flags = recommendedConfigOverrideFlags("");
    flags.context.namespace.default = "ns/blue";
    flags.auth.impersonateGroups.default = "ops";
    flags.cluster.disableCompression.default = "1";
    flags.cluster.insecureSkipTlsVerify.default = "perhaps";
    bindOverrideFlags(tool(), overrides, flags);
    expect(overrides).toEqual(
      new ConfigOverrides({
        timeout: "0",
        authInfo: new AuthInfo({ tokenFile: "file", impersonateGroups: ["ops"] }),
        cluster: new Cluster({ disableCompression: true }),
        context: newContext({ namespace: "ns/blue" }),
      }),
    );
  });

  test("of a list give way to the first value that is given", () => {
    const overrides = new ConfigOverrides();
    const flags = recommendedConfigOverrideFlags("");
    flags.auth.impersonateGroups.default = "ops";
    const command = tool();
    bindOverrideFlags(command, overrides, flags);
    command.parse(["--as-group=a", "--as-group=b"], { from: "user" });
    expect(overrides.authInfo.impersonateGroups).toEqual(["a", "b"]);
  });

  test("come back when the command parses another argv", () => {
    const overrides = new ConfigOverrides();
    const command = tool();
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
    command.parse(["--token=t", "--as-group=a", "--request-timeout=1s"], { from: "user" });
    command.parse(["--as-group=b"], { from: "user" });
    expect(overrides).toEqual(
      new ConfigOverrides({ timeout: "0", authInfo: new AuthInfo({ impersonateGroups: ["b"] }) }),
    );
  });
});

describe("names", () => {
  test("two sets with two prefixes work on one command", () => {
    const [from, to] = [new ConfigOverrides(), new ConfigOverrides()];
    const command = tool();
    const flags = recommendedConfigOverrideFlags("from-");
    flags.context.namespace.shortName = "";
    bindOverrideFlags(command, from, flags);
    bindOverrideFlags(command, to, recommendedConfigOverrideFlags("to-"));
    command.parse(
      [
        "a",
        "--from-context=blue",
        "-nns/two",
        "--from-token",
        "t",
        "b",
        "--to-as-group=x",
        "--from-as-group=y",
      ],
      { from: "user" },
    );
    expect(from).toEqual(
      new ConfigOverrides({
        currentContext: "blue",
        timeout: "0",
        authInfo: new AuthInfo({ token: "t", impersonateGroups: ["y"] }),
      }),
    );
    expect(to).toEqual(
      new ConfigOverrides({
        timeout: "0",
        authInfo: new AuthInfo({ impersonateGroups: ["x"] }),
        context: newContext({ namespace: "two" }),
      }),
    );
    expect(command.args).toEqual(["a", "b"]);
  });

  test("a flag without a long name is left out and writes nothing", () => {
    const overrides = new ConfigOverrides({ timeout: "9s" });
    const flags = recommendedConfigOverrideFlags("");
    flags.timeout.longName = "";
    flags.context.namespace.longName = "";
    const command = tool();
    bindOverrideFlags(command, overrides, flags);
    expect(overrides.timeout).toBe("9s");
    expect(() => command.parse(["-nfoo"], { from: "user" })).toThrow("error: unknown option '-nfoo'");
    expect(() => command.parse(["--request-timeout=1s"], { from: "user" })).toThrow(
      "error: unknown option '--request-timeout=1s'",
    );
  });

  test("a prefix may look like commander's negation", () => {
    const overrides = new ConfigOverrides();
    const command = tool();
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags("no-"));
    command.parse(["--no-token=t", "--no-insecure-skip-tls-verify"], { from: "user" });
    expect([overrides.authInfo.token, overrides.cluster.insecureSkipTlsVerify]).toEqual(["t", true]);
    expect(command.opts()).toEqual({ noToken: "t", noInsecureSkipTlsVerify: true, noRequestTimeout: "0" });
  });

  test.each([
    [
      "a short name that is taken",
      (flags: ReturnType<typeof recommendedConfigOverrideFlags>) => (flags.cluster.apiServer.shortName = "n"),
      `cannot bind the flag --namespace to command "tool": -n belongs to '--server'; clear the short name of one of them`,
    ],
    [
      "a short name of an option of the command",
      (flags) => (flags.cluster.apiServer.shortName = "q"),
      `cannot bind the flag --server to command "tool": -q belongs to '-q, --quiet'; clear the short name of one of them`,
    ],
    [
      "a long name that is taken",
      (flags) => (flags.timeout.longName = "quiet"),
      'cannot bind the flag --quiet to command "tool": it has a flag of that name; take another prefix, or leave this flag out by clearing its long name',
    ],
    [
      "a short name of two letters",
      (flags) => (flags.timeout.shortName = "rt"),
      'cannot bind the flag --request-timeout to command "tool": the short name "rt" is not one letter of ASCII',
    ],
    [
      "a long name that cannot be given",
      (flags) => (flags.timeout.longName = "time=out"),
      'cannot bind the flag --time=out to command "tool": no command line can give a flag of that name',
    ],
  ] as readonly (readonly [
    string,
    (flags: ReturnType<typeof recommendedConfigOverrideFlags>) => unknown,
    string,
  ])[])("%s is refused, and nothing is bound", (_name, change, message) => {
    const overrides = new ConfigOverrides({ timeout: "9s" });
    const command = tool().option("-q, --quiet");
    const flags = recommendedConfigOverrideFlags("");
    change(flags);
    expect(() => bindOverrideFlags(command, overrides, flags)).toThrow(new Error(message));
    expect(command.options.map(({ flags: names }) => names)).toEqual(["-q, --quiet"]);
    expect(overrides).toEqual(new ConfigOverrides({ timeout: "9s" }));
  });

  test("a second set with the same prefix is refused", () => {
    const command = tool();
    bindOverrideFlags(command, new ConfigOverrides(), recommendedConfigOverrideFlags(""));
    expect(() =>
      bindOverrideFlags(command, new ConfigOverrides(), recommendedConfigOverrideFlags("")),
    ).toThrow('cannot bind the flag --client-certificate to command "tool": it has a flag of that name');
  });
});

describe("secrets", () => {
  const flags = recommendedConfigOverrideFlags("");
  flags.auth.token.default = "hunter2";
  flags.cluster.insecureSkipTlsVerify.secret = true;

  function bound(): Command {
    const command = tool();
    bindOverrideFlags(command, new ConfigOverrides(), flags);
    return command;
  }

  test("a default that is secret is not shown in the help", () => {
    const help = bound().helpInformation();
    expect(help).not.toContain("hunter2");
    expect(help).toMatch(/--token <value>\s+Bearer token to show to the server. \(default:\s+REDACTED\)/);
    expect(help).toContain('(default: "0")');
  });

  test("a value that is secret is not shown in an error", () => {
    expect(() => bound().parse(["--insecure-skip-tls-verify=hunter2"], { from: "user" })).toThrow(
      'error: invalid argument "REDACTED" for "--insecure-skip-tls-verify" flag: strconv.ParseBool: parsing "REDACTED": invalid syntax',
    );
  });

  test("overrides that hold secrets are not shown with them", () => {
    expect(inspect(parse("--token=hunter2", "--password", "hunter2"), { depth: 9 })).not.toContain("hunter2");
  });
});

describe("the help", () => {
  test("shows booleans without a value, and repeats no empty default", () => {
    const command = tool();
    bindOverrideFlags(command, new ConfigOverrides(), recommendedConfigOverrideFlags("to-"));
    const help = command.helpInformation();
    expect(help).toMatch(/ --to-insecure-skip-tls-verify {2,}\w/);
    expect(help).toMatch(/ -n, --to-namespace <value> {2,}\w/);
    expect(help.match(/\(default|\(preset/g)).toEqual(["(default"]);
  });
});

describe("a command of another class", () => {
  test("takes the flags, too", () => {
    class Special extends Command {
      override createCommand(name?: string): Command {
        return new Special(name);
      }
    }
    for (const command of [new Special("tool"), new PflagCommand("tool")]) {
      const overrides = new ConfigOverrides();
      silent(command)
        .allowExcessArguments()
        .action(() => undefined);
      bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
      command.parse(["a", "-n=x", "--insecure-skip-tls-verify", "b", "--token", "-v"], { from: "user" });
      expect(overrides).toEqual(
        new ConfigOverrides({
          timeout: "0",
          authInfo: new AuthInfo({ token: "-v" }),
          cluster: new Cluster({ insecureSkipTlsVerify: true }),
          context: newContext({ namespace: "x" }),
        }),
      );
      expect(command.args).toEqual(["a", "b"]);
    }
  });

  test("reads the flags in its own way where that is pflag's already", () => {
    const overrides = new ConfigOverrides();
    const command = silent(new PflagCommand("tool")).action(() => undefined);
    bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
    command.parse(["--as_group", "-nx"], { from: "user" });
    expect(overrides.authInfo.impersonateGroups).toEqual(["-nx"]);
    expect(() => command.parse(["--disable-compression=y"], { from: "user" })).toThrow(
      new UsageError(
        'invalid argument "y" for "--disable-compression" flag: strconv.ParseBool: parsing "y": invalid syntax\n' +
          "See 'tool --help' for usage.",
      ),
    );
  });
});

describe("a client config that was made before the command line is parsed", () => {
  test("goes by what the flags say, each by its own", () => {
    const host = fakeHost({
      env: { KUBECONFIG: "config" },
      files: {
        config: JSON.stringify({
          "current-context": "a",
          contexts: [
            { name: "a", context: { cluster: "a", namespace: "of-a" } },
            { name: "b", context: { cluster: "b", namespace: "of-b" } },
          ],
          clusters: ["a", "b"].map((name) => ({ name, cluster: { server: `https://${name}` } })),
        }),
      },
    });
    const command = tool();
    const [from, to] = ["from-", "to-"].map((prefix) => {
      const overrides = new ConfigOverrides();
      const flags = recommendedConfigOverrideFlags(prefix);
      flags.context.namespace.shortName = "";
      bindOverrideFlags(command, overrides, flags);
      return deferredClientConfig(host, defaultLoadingRules(host), { overrides });
    });
    command.parse(["--from-context", "b", "--to-namespace=ns/mine"], { from: "user" });
    expect([from?.namespace(), to?.namespace()]).toEqual([
      { namespace: "of-b", overridden: false },
      { namespace: "mine", overridden: true },
    ]);
  });
});
