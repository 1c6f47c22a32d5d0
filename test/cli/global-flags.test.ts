import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newContext } from "../../src/api/config.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { connectionFlags } from "../../src/cli/connection-flags.ts";
import type { GlobalFlags } from "../../src/cli/global-flags.ts";
import { globalFlags } from "../../src/cli/global-flags.ts";
import { PflagCommand } from "../../src/cli/pflag-command.ts";

function parse(...argv: readonly string[]): GlobalFlags {
  const command = new PflagCommand("tool").helpOption(false).action(() => undefined);
  for (const option of globalFlags()) {
    command.addOption(option);
  }
  command.parse(argv, { from: "user" });
  return command.opts<GlobalFlags>();
}

/** `kubectl options` of 1.35.2 and 1.36.3; the folder of the cache, which depends on the machine, is left out. */
const KUBECTL_OPTIONS: Readonly<Record<string, unknown>> = {
  "--as": "",
  "--as-group": [],
  "--as-uid": "",
  "--as-user-extra": [],
  "--cache-dir": "",
  "--certificate-authority": "",
  "--client-certificate": "",
  "--client-key": "",
  "--cluster": "",
  "--context": "",
  "--disable-compression": false,
  "--insecure-skip-tls-verify": false,
  "--kubeconfig": "",
  "--kuberc": "",
  "--log-flush-frequency": "5s",
  "--match-server-version": false,
  "-n, --namespace": "",
  "--password": "",
  "--profile": "none",
  "--profile-output": "profile.pprof",
  "--request-timeout": "0",
  "-s, --server": "",
  "--tls-server-name": "",
  "--token": "",
  "--user": "",
  "--username": "",
  "-v, --v": 0,
  "--vmodule": "",
  "--warnings-as-errors": false,
};

test("the global flags are those of kubectl, with its defaults, and --help", () => {
  expect(
    Object.fromEntries(
      globalFlags().map(({ long, short, defaultValue }) => [
        short === undefined ? long : `${short}, ${long}`,
        defaultValue,
      ]),
    ),
  ).toEqual({ ...KUBECTL_OPTIONS, "-h, --help": false });
});

describe("the flags about the connection are read as kubectl reads them", () => {
  test("none says nothing but that requests have no limit", () => {
    expect(connectionFlags(parse())).toEqual({
      explicitPath: "",
      overrides: new ConfigOverrides({ timeout: "0" }),
    });
  });

  test("all are heeded", () => {
    expect(
      connectionFlags(
        parse(
          ...(
            "--as=jane --as-group=a,b --as-group c --as-uid=7 --as-user-extra k=1 --as-user-extra=k=2=3 " +
            "--as-user-extra none --certificate-authority=ca --client-certificate=cert --client-key=key --cluster=c1 " +
            "--context=x --disable-compression --insecure-skip-tls-verify=T --kubeconfig=f -nns/n1 --password=p " +
            "--request-timeout=5 -s https://s --tls-server-name=n --token=t --user=u1 --username=u"
          ).split(" "),
        ),
      ),
    ).toEqual({
      explicitPath: "f",
      overrides: new ConfigOverrides({
        authInfo: new AuthInfo({
          clientCertificate: "cert",
          clientKey: "key",
          token: "t",
          impersonate: "jane",
          impersonateUid: "7",
          impersonateGroups: ["a,b", "c"],
          impersonateUserExtra: new Map([["k", ["1", "2=3"]]]),
          username: "u",
          password: "p",
        }),
        cluster: new Cluster({
          server: "https://s",
          tlsServerName: "n",
          certificateAuthority: "ca",
          insecureSkipTlsVerify: true,
          disableCompression: true,
        }),
        context: newContext({ cluster: "c1", authInfo: "u1", namespace: "ns/n1" }),
        currentContext: "x",
        timeout: "5",
      }),
    });
  });

  test("what was given can be taken back", () => {
    expect(
      connectionFlags(
        parse("--token=t", "--token=", "--insecure-skip-tls-verify", "--insecure-skip-tls-verify=false"),
      ).overrides,
    ).toEqual(new ConfigOverrides({ timeout: "0" }));
  });
});

/** Seen on kubectl 1.35.2 and 1.36.3. */
describe("values are refused in kubectl's words", () => {
  test.each([
    [
      "--vmodule=x",
      'invalid argument "x" for "--vmodule" flag: syntax error: expect comma-separated list of filename=N',
    ],
    [
      "--vmodule=x=1=2",
      'invalid argument "x=1=2" for "--vmodule" flag: syntax error: expect comma-separated list of filename=N',
    ],
    [
      "--vmodule=x=99999999999",
      'invalid argument "x=99999999999" for "--vmodule" flag: syntax error: expect comma-separated list of filename=N',
    ],
    [
      "--vmodule=y,x=-1",
      'invalid argument "y,x=-1" for "--vmodule" flag: syntax error: expect comma-separated list of filename=N',
    ],
    ["--vmodule=x=-1", 'invalid argument "x=-1" for "--vmodule" flag: negative value for vmodule level'],
    ["--log-flush-frequency=1d", 'invalid argument "1d" for "--log-flush-frequency" flag: parse error'],
    [
      "-v=99999999999",
      'invalid argument "99999999999" for "-v, --v" flag: strconv.ParseInt: parsing "99999999999": value out of range',
    ],
    [
      "--help=x",
      'invalid argument "x" for "-h, --help" flag: strconv.ParseBool: parsing "x": invalid syntax',
    ],
  ])("%s", (arg, message) => {
    expect(() => parse(arg)).toThrow(`${message}\nSee 'tool --help' for usage.`);
  });

  test.each(["--vmodule=,x=+1,y=0", "--log-flush-frequency=1h2.5m", "-v=-0", "-v+1", "--request-timeout=x"])(
    "%s is none of them",
    (arg) => {
      expect(() => parse(arg)).not.toThrow();
    },
  );
});
