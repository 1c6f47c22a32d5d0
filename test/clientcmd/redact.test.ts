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

describe("redacting", () => {
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
