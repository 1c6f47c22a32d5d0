import { KubercError } from "../../src/errors.ts";
import { loadKuberc, locateKuberc } from "../../src/loading/load-kuberc.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost, thrownBy } from "../support/fake-host.ts";

describe("which kuberc applies", () => {
  const home = { HOME: "/home/u" };
  test.each<[env: FakeMachine["env"], flag: string, file: string | undefined, explicit: boolean]>([
    [home, "", "/home/u/.kube/kuberc", false],
    [{}, "", ".kube/kuberc", false],
    [home, "/k", "/k", true],
    [{ ...home, KUBERC: "/e" }, "", "/e", true],
    [{ ...home, KUBERC: "/e" }, "/k", "/k", true],
    [{ ...home, KUBERC: "/e" }, "/home/u/.kube/kuberc", "/e", true],
    [home, "/home/u/.kube/kuberc", "/home/u/.kube/kuberc", true],
    [{ ...home, KUBERC: "" }, "", "/home/u/.kube/kuberc", false],
    [{ ...home, KUBERC: "off" }, "", undefined, false],
    [{ ...home, KUBERC: "OFF" }, "", "OFF", true],
    [{ ...home, KUBECTL_KUBERC: "false" }, "", undefined, false],
    [{ ...home, KUBECTL_KUBERC: "False", KUBERC: "/e" }, "", undefined, false],
    [{ ...home, KUBECTL_KUBERC: "0" }, "", "/home/u/.kube/kuberc", false],
  ])("%j, --kuberc=%j: %j", (env, flag, file, explicit) => {
    const location = locateKuberc(fakeHost({ ...(env && { env }) }), flag);
    expect(location).toEqual(file === undefined ? undefined : { file, explicit });
  });

  test("on Windows it is in the profile", () => {
    const host = fakeHost({ platform: "win32", env: { USERPROFILE: "C:\\Users\\u" } });
    expect(locateKuberc(host, "")?.file).toBe("C:\\Users\\u\\.kube\\kuberc");
  });

  test("off and a file do not go together", () => {
    const error = thrownBy(() => locateKuberc(fakeHost({ env: { KUBERC: "off" } }), "/k"));
    expect(error).toBeInstanceOf(KubercError);
    expect(error).toMatchObject({
      code: "Kuberc",
      message: "kuberc error disabling kuberc via KUBERC=off and passing kuberc flag are mutually exclusive",
    });
  });
});

describe("a file that cannot be used stops kubectl only if it is named", () => {
  const invalid = "no valid preferences found in /k, use --v=5 to see details";
  test.each<[what: string, files: FakeMachine["files"], fault: string]>([
    ["missing", {}, "open /k: no such file or directory"],
    ["a folder", { "/k/x": "" }, "read /k: is a directory"],
    ["without a usable document", { "/k": "a: 1\n" }, invalid],
    ["a comment", { "/k": "# c\n" }, invalid],
    ["a bad separator", { "/k": "---x\n" }, "invalid Yaml document separator: x"],
  ])("%s", (_what, files, fault) => {
    const host = fakeHost({ ...(files && { files }) });
    expect(thrownBy(() => loadKuberc(host, "/k"))).toMatchObject({
      message: `kuberc error kuberc: ${fault}`,
      file: "/k",
    });
    const atHome = fakeHost({
      env: { HOME: "/h" },
      files: Object.fromEntries(
        Object.entries(files ?? {}).map(([path, text]) => [path.replace("/k", "/h/.kube/kuberc"), text]),
      ),
    });
    expect(loadKuberc(atHome, "")).toMatchObject({
      preference: undefined,
      warnings: fault.endsWith("no such file or directory")
        ? []
        : [
            `kuberc: no preferences loaded from /h/.kube/kuberc: ${fault.replaceAll("/k,", "/h/.kube/kuberc,").replace(" /k:", " /h/.kube/kuberc:")}`,
          ],
    });
  });

  test.each(["", "\n \n"])("an empty one (%j) is nothing, named or not", (text) => {
    expect(loadKuberc(fakeHost({ files: { "/k": text } }), "/k")).toMatchObject({
      preference: undefined,
      warnings: [],
    });
  });

  test("unknown fields are warned of", () => {
    const text = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\nx: 1\n";
    expect(loadKuberc(fakeHost({ files: { "/k": text } }), "/k").warnings).toEqual([
      'kuberc: ignoring strict decoding error in /k: strict decoding error: unknown field "x"',
    ]);
  });
});
