import type { PolicyType } from "../../src/api/plugin-policy.ts";
import { filepathFor } from "../../src/go/filepath.ts";
import { PluginPolicyError } from "../../src/errors.ts";
import { validatePluginPolicy } from "../../src/policy/validate-policy.ts";
import { thrownBy } from "../support/fake-host.ts";

const unix = filepathFor({ platform: "linux" });
const windows = filepathFor({ platform: "win32" });

const policy = (policyType: string, entries?: readonly string[]) => ({
  credentialPluginPolicy: policyType as PolicyType,
  credentialPluginAllowlist: entries?.map((command) => ({ command })),
});

describe("a policy that is clear is accepted", () => {
  test.each([
    ["", undefined],
    ["AllowAll", undefined],
    ["DenyAll", undefined],
    ["Allowlist", ["plug"]],
    ["Allowlist", ["/a/b", "c", "..", "."]],
    ["Allowlist", [" a ", "~/x", "*"]],
    ["Allowlist", ["C:\\x\\..\\y"]],
  ])("%j with %j", (type, entries) => {
    expect(() => validatePluginPolicy(policy(type, entries), unix)).not.toThrow();
  });
});

describe("a policy that is not is refused in client-go's words", () => {
  const misconfigured = "misconfigured credential plugin allowlist: ";
  test.each([
    ["", [], `${misconfigured}plugin policy is "" but allowlist is non-nil`],
    ["AllowAll", ["a"], `${misconfigured}plugin policy is "AllowAll" but allowlist is non-nil`],
    ["DenyAll", [], `${misconfigured}plugin policy is "DenyAll" but allowlist is non-nil`],
    ["Allowlist", undefined, 'credential plugin policy set to "Allowlist", but allowlist is unspecified'],
    [
      "Allowlist",
      [],
      'credential plugin policy set to "Allowlist", but allowlist is empty; use "DenyAll" policy instead',
    ],
    ["Allowlist", ["a", ""], `${misconfigured}empty allowlist entry #2`],
    ["Allowlist", ["./a"], 'non-normalized file path: "./a" vs "a"'],
    ["Allowlist", ["/a/", ""], 'non-normalized file path: "/a/" vs "/a"'],
    ["Allowlist", ["/a//b"], 'non-normalized file path: "/a//b" vs "/a/b"'],
    ["Allowlist", ["a/.."], 'non-normalized file path: "a/.." vs "."'],
    ["denyall", undefined, 'unknown plugin policy: "denyall"'],
    ["DenyAll ", ["./a"], 'unknown plugin policy: "DenyAll "'],
  ])("%j with %j", (type, entries, message) => {
    const error = thrownBy(() => validatePluginPolicy(policy(type, entries), unix));
    expect(error).toBeInstanceOf(PluginPolicyError);
    expect(error).toMatchObject({ message, code: "PluginPolicy" });
  });

  test("what is normal depends on the platform", () => {
    expect(thrownBy(() => validatePluginPolicy(policy("Allowlist", ["C:/a"]), windows))).toMatchObject({
      message: 'non-normalized file path: "C:/a" vs "C:\\\\a"',
    });
  });
});
