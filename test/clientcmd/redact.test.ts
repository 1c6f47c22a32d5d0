import type { AuthInfoFields } from "../../src/api/auth-info.ts";
import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig } from "../../src/api/config.ts";
import { redactSecrets, shortenConfig } from "../../src/clientcmd/redact.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const config = newConfig({
  clusters: new Map([
    ["data", new Cluster({ certificateAuthorityData: bytes("ca") })],
    ["none", new Cluster()],
  ]),
  authInfos: new Map([
    [
      "all",
      new AuthInfo({
        clientCertificateData: bytes("cert"),
        clientKeyData: bytes("key"),
        token: "t0ken",
        username: "u",
        password: "pa55",
      }),
    ],
    ["none", new AuthInfo()],
    ["empty key", new AuthInfo({ clientKeyData: bytes("") })],
  ]),
});
const omitted = Buffer.from("DATA+OMITTED", "base64");

type Fields = Partial<AuthInfoFields>;
const redacted = bytes("REDACTED");

/** Of a user who has nothing else to hide: as it is redacted, and as it is shortened. */
const alone: readonly (readonly [secret: Fields, redacted: Fields, shortened: Fields])[] = [
  [{ token: "t0ken" }, { token: "REDACTED" }, { token: "REDACTED" }],
  [{ password: "pa55" }, { password: "REDACTED" }, { password: "pa55" }],
  [{ clientKeyData: bytes("key") }, { clientKeyData: redacted }, { clientKeyData: omitted }],
  [{ clientKeyData: bytes("") }, { clientKeyData: redacted }, { clientKeyData: bytes("") }],
  [
    { clientCertificateData: bytes("cert") },
    { clientCertificateData: bytes("cert") },
    { clientCertificateData: omitted },
  ],
  [{ username: "u" }, { username: "u" }, { username: "u" }],
];

describe("redacting", () => {
  test.each(alone)("what stands alone: %j", (fields, wantRedacted, wantShortened) => {
    const of = newConfig({ authInfos: new Map([["u", new AuthInfo(fields)]]) });
    expect(redactSecrets(of).authInfos.get("u")).toEqual(new AuthInfo(wantRedacted));
    expect(shortenConfig(of).authInfos.get("u")).toEqual(new AuthInfo(wantShortened));
  });

  test("a user who has nothing to hide is not copied", () => {
    const none = config.authInfos.get("none");
    expect(redactSecrets(config).authInfos.get("none")).toBe(none);
    expect(shortenConfig(config).authInfos.get("none")).toBe(none);
    expect(shortenConfig(config).clusters.get("none")).toBe(config.clusters.get("none"));
  });

  test("replaces tokens, passwords and keys, and nothing else", () => {
    const { authInfos, clusters } = redactSecrets(config);
    expect(authInfos.get("all")).toEqual(
      new AuthInfo({
        clientCertificateData: bytes("cert"),
        clientKeyData: bytes("REDACTED"),
        token: "REDACTED",
        username: "u",
        password: "REDACTED",
      }),
    );
    expect(authInfos.get("none")).toEqual(new AuthInfo());
    expect(authInfos.get("empty key")?.clientKeyData).toEqual(bytes("REDACTED"));
    expect(clusters).toEqual(config.clusters);
  });

  test("shortening replaces data and tokens, but not passwords", () => {
    const { authInfos, clusters } = shortenConfig(config);
    expect(authInfos.get("all")).toEqual(
      new AuthInfo({
        clientCertificateData: omitted,
        clientKeyData: omitted,
        token: "REDACTED",
        username: "u",
        password: "pa55",
      }),
    );
    expect(clusters.get("data")?.certificateAuthorityData).toEqual(omitted);
    expect(clusters.get("none")?.certificateAuthorityData).toBeUndefined();
  });

  test("does not touch the config it is given", () => {
    expect(config.authInfos.get("all")?.token).toBe("t0ken");
  });
});
