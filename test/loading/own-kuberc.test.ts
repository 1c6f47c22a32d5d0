import { policyInForce } from "../../src/loading/own-kuberc.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";

const deny = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n";
const asked = { KUBERNETES_EXEC_INFO: "{}" };

function typeOn(machine: FakeMachine, explicit = ""): string {
  return policyInForce(fakeHost(machine), explicit, () => undefined).policy.credentialPluginPolicy;
}

describe("a program that is a credential plugin", () => {
  const unix: FakeMachine = {
    accountHome: "/home/u",
    files: { "/home/u/.kube/kuberc": deny, "/other": deny.replace("DenyAll", "AllowAll") },
  };

  test("is under the policy of the user's own home, whatever the environment says", () => {
    const env = { ...asked, HOME: "/home/u", KUBERC: "off", KUBECTL_KUBERC: "false" };
    expect(typeOn({ ...unix, env })).toBe("DenyAll");
    expect(typeOn({ ...unix, env: { HOME: "/home/u", KUBERC: "off" } })).toBe("");
  });

  test("may name a kuberc itself", () => {
    expect(typeOn({ ...unix, env: { ...asked, HOME: "/home/u" } }, "/other")).toBe("AllowAll");
  });

  test("runs nothing where the user's own kuberc sets no policy", () => {
    const env = { ...asked, HOME: "/home/u", KUBERC: "/other" };
    expect(typeOn({ accountHome: "/home/u", env })).toBe("DenyAll");
    const files = { "/home/u/.kube/kuberc": deny.replace(/credentialPluginPolicy.*\n/, "") };
    expect(typeOn({ accountHome: "/home/u", files, env })).toBe("DenyAll");
  });

  test.each(["/home/v", "home/u", ".", "/home/u/..", "/home/u\0"])(
    "runs nothing where HOME is %j",
    (home) => {
      expect(() => typeOn({ ...unix, env: { ...asked, HOME: home } })).toThrow(/but the environment says/);
    },
  );

  test.each([undefined, "", "home/u"])("runs nothing where the user has the home %j", (accountHome) => {
    const machine = { files: unix.files ?? {}, env: { ...asked, HOME: "/home/u" } };
    expect(() => typeOn(accountHome === undefined ? machine : { ...machine, accountHome })).toThrow(
      /the password database has no home for this user/,
    );
  });
});

describe("on Windows, a program that is a credential plugin", () => {
  const windows: FakeMachine = {
    platform: "win32",
    accountHome: "C:\\Users\\u",
    files: {
      "/Users/u/.kube/kuberc": deny,
      "/Users/u/.kube/config": "",
      "/evil/.kube/config": "",
    },
  };

  test("takes the profile for its home, in any case", () => {
    expect(typeOn({ ...windows, env: { ...asked, USERPROFILE: "c:\\users\\U\\" } })).toBe("DenyAll");
  });

  test.each([
    [{ HOME: "C:\\evil" }],
    [{ HOMEDRIVE: "C:", HOMEPATH: "\\evil" }],
    [{ USERPROFILE: "C:\\evil" }],
  ])("runs nothing where %j names another", (env) => {
    expect(() => typeOn({ ...windows, env: { ...asked, ...env } })).toThrow(/but the environment says/);
  });
});
