import type { FlagInfo } from "../../src/clientcmd/override-flags.ts";
import { recommendedConfigOverrideFlags } from "../../src/clientcmd/override-flags.ts";

/** The names and defaults of client-go's `Recommended…OverrideFlags`, and `--as-user-extra`. */
const RECOMMENDED: readonly (readonly [group: string, field: string, flag: string, value: string])[] = [
  ["auth", "clientCertificate", "--client-certificate", ""],
  ["auth", "clientKey", "--client-key", ""],
  ["auth", "token", "--token", ""],
  ["auth", "impersonate", "--as", ""],
  ["auth", "impersonateUid", "--as-uid", ""],
  ["auth", "impersonateGroups", "--as-group", ""],
  ["auth", "impersonateUserExtra", "--as-user-extra", ""],
  ["auth", "username", "--username", ""],
  ["auth", "password", "--password", ""],
  ["cluster", "apiServer", "--server", ""],
  ["cluster", "certificateAuthority", "--certificate-authority", ""],
  ["cluster", "insecureSkipTlsVerify", "--insecure-skip-tls-verify", "false"],
  ["cluster", "tlsServerName", "--tls-server-name", ""],
  ["cluster", "proxyUrl", "--proxy-url", ""],
  ["cluster", "disableCompression", "--disable-compression", ""],
  ["context", "clusterName", "--cluster", ""],
  ["context", "authInfoName", "--user", ""],
  ["context", "namespace", "-n, --namespace", ""],
  ["", "currentContext", "--context", ""],
  ["", "timeout", "--request-timeout", "0"],
];

function rows(prefix: string): readonly (readonly [string, string, FlagInfo])[] {
  const { auth, cluster, context, ...others } = recommendedConfigOverrideFlags(prefix);
  return Object.entries({ auth, cluster, context, "": others }).flatMap(([group, flags]) =>
    Object.entries<FlagInfo>({ ...flags }).map(([field, info]) => [group, field, info] as const),
  );
}

describe("the recommended flags", () => {
  test("have client-go's names and defaults", () => {
    expect(
      rows("").map(([group, field, { longName, shortName, default: value }]) => [
        group,
        field,
        shortName === "" ? `--${longName}` : `-${shortName}, --${longName}`,
        value,
      ]),
    ).toEqual(RECOMMENDED);
  });

  test("take a prefix to their long names only", () => {
    const plain = rows("");
    expect(rows("from-").map(([, , info]) => info)).toEqual(
      plain.map(([, , info]) => Object.assign({}, info, { longName: `from-${info.longName}` })),
    );
  });

  test("are secret exactly where they say who the user is, as client-go classifies them", () => {
    expect(rows("").map(([group, , { secret }]) => [group, secret])).toEqual(
      rows("").map(([group]) => [group, group === "auth"]),
    );
  });

  test("all say what they are for", () => {
    expect(rows("").filter(([, , { description }]) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
  });

  test("are a new copy each time, to change at will", () => {
    const flags = recommendedConfigOverrideFlags("");
    flags.context.namespace.shortName = "";
    flags.timeout.longName = "";
    expect(recommendedConfigOverrideFlags("").context.namespace.shortName).toBe("n");
    expect(recommendedConfigOverrideFlags("").timeout.longName).toBe("request-timeout");
  });
});
