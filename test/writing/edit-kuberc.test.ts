import type { HostFileSystem } from "../../src/host/host.ts";
import { editKuberc } from "../../src/writing/edit-kuberc.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";
import { KUBECONFIG_LIMIT } from "../../src/loading/size-limits.ts";

const text = (data: Uint8Array): string => new TextDecoder().decode(data);

function fails(): never {
  throw Object.assign(new Error("disk full"), { code: "ENOSPC" });
}

describe("when a kuberc cannot be replaced, the old one is whole", () => {
  test.each([["createFile"], ["rename"]] as const)("%s fails", (call) => {
    const host = fakeHost({ files: { "/here/rc": "old" } });
    const fs: HostFileSystem = { ...host.fs, [call]: fails };
    const error = thrownBy(() => editKuberc({ ...host, fs }, "rc", () => new TextEncoder().encode("new")));
    expect(error).toHaveProperty("message", "open rc: no space left on device");
    expect(text(host.fs.readFile("rc", KUBECONFIG_LIMIT))).toBe("old");
    expect(thrownBy(() => host.fs.stat("/here/rc.tmp1"))).toHaveProperty("code", "ENOENT");
  });

  test("the edit itself fails", () => {
    const host = fakeHost({ files: { "/here/rc": "old" } });
    const error = thrownBy(() =>
      editKuberc(host, "rc", () => {
        throw new Error("no");
      }),
    );
    expect(error).toHaveProperty("message", "no");
    expect(text(host.fs.readFile("rc", KUBECONFIG_LIMIT))).toBe("old");
  });
});
