import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { newConfig } from "../../src/api/config.ts";
import { flattenConfig } from "../../src/loading/flatten.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";

const host = fakeHost({ files: { "sub/ca.crt": "CA", "a.crt": "CERT", "/abs/a.key": "KEY" }, cwd: "/w" });
const text = (data: Uint8Array | undefined): string | undefined => data && Buffer.from(data).toString();

describe("flatten", () => {
  test("puts the content of files in place of their paths", () => {
    const { clusters, authInfos } = flattenConfig(
      host,
      newConfig({
        clusters: new Map([
          ["c", new Cluster({ locationOfOrigin: "sub/f", certificateAuthority: "ca.crt" })],
        ]),
        authInfos: new Map([
          ["u", new AuthInfo({ locationOfOrigin: "f", clientCertificate: "a.crt", clientKey: "/abs/a.key" })],
          ["data", new AuthInfo({ clientKeyData: Buffer.from("kept"), tokenFile: "stays" })],
        ]),
      }),
    );
    const user = authInfos.get("u");
    expect([user?.clientCertificate, user?.clientKey]).toEqual(["", ""]);
    expect([text(user?.clientCertificateData), text(user?.clientKeyData)]).toEqual(["CERT", "KEY"]);
    expect(text(clusters.get("c")?.certificateAuthorityData)).toBe("CA");
    expect(text(authInfos.get("data")?.clientKeyData)).toBe("kept");
    expect(authInfos.get("data")?.tokenFile).toBe("stays");
  });

  test("refuses an entry that has both a path and data", () => {
    const both = new Cluster({ certificateAuthority: "ca.crt", certificateAuthorityData: Buffer.from("x") });
    expect(() => flattenConfig(host, newConfig({ clusters: new Map([["c", both]]) }))).toThrow(
      "cannot have values for both path and contents",
    );
  });

  test("names a file that is missing as Go does", () => {
    const user = new AuthInfo({ locationOfOrigin: "sub/f", clientKey: "nope.key" });
    expect(
      thrownBy(() => flattenConfig(host, newConfig({ authInfos: new Map([["u", user]]) }))),
    ).toMatchObject({
      message: "open /w/sub/nope.key: no such file or directory",
      file: "/w/sub/nope.key",
    });
  });
});
