import { array, assert, asyncProperty, constantFrom, nat, property, record } from "fast-check";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { diagnose, EXPIRING_WITHIN } from "../../src/doctor/diagnose.ts";
import type { Diagnosis } from "../../src/doctor/finding.ts";
import { applyFixes } from "../../src/doctor/apply-fixes.ts";
import { ConfigParseError } from "../../src/errors.ts";
import type { Host } from "../../src/host/host.ts";
import { defaultLoadingRules } from "../../src/loading/loading-rules.ts";
import { HOME_CONFIG, hostOf } from "./world.ts";
import { KUBECONFIG_LIMIT } from "../../src/loading/size-limits.ts";

const BASE = `apiVersion: v1
kind: Config
current-context: x # Used.
clusters:
- &a {name: a, Cluster: &c {server: https://h, extensions: [{name: e, extension: {a: on, b: [1_0, ~]}}]}}
- {<<: *a, name: b}
- name: d
  # Secure.
  cluster:
    certificate_authority: /ca
    insecure_skip_tls_verify: true
users:
- name: u
  user:
    Token: t
    exec: {Command: login, env: [{name: A, value: b}], args: [x]}
    as-user-extra: {k: [v]}
- {name: v, user: {auth-provider: {name: oidc, config: {a: b}}}}
contexts:
- name: x
  context: {cluster: a, user: u}
extensions: [{name: z, extension: null}, {name: z, extension: 1}]
`;

/** What makes a difference in YAML, and in kubeconfigs. */
const PIECES = [
  ..."yes on ~ null 0755 1_000 1:30 'q' \"d\" *c !!str !!int true y 0x1f é 😀 ? { } [ ]".split(" "),
  "- ",
  ": ",
  "&q ",
  "<<: *c",
  "---\n",
  "...\n",
  "\n",
  "  ",
  " # c",
  "|\n  x\n",
  "\t",
  "\r\n",
  "name: a",
  "cluster",
  "user: ",
  "Name: ",
  "extensions: ",
  "\u0000",
  "\ufeff",
  "\u2028",
];

const edit = record({
  at: nat({ max: BASE.length }),
  without: nat({ max: 8 }),
  piece: constantFrom("", ...PIECES),
});

const text = array(edit, { maxLength: 4 }).map((edits) =>
  edits.reduce((old, { at, without, piece }) => old.slice(0, at) + piece + old.slice(at + without), BASE),
);

function isAccepted(kubeconfig: string): boolean {
  try {
    decodeConfig(kubeconfig);
    return true;
  } catch (error) {
    if (error instanceof ConfigParseError) {
      return false;
    }
    throw error;
  }
}

function examine(host: Host): Diagnosis {
  return diagnose(host, defaultLoadingRules(host), {
    context: "",
    kuberc: "",
    expiringWithin: EXPIRING_WITHIN,
    ignore: new Set(),
  });
}

const REFUSALS: ReadonlySet<string> = new Set(["file-invalid", "yaml-not-text", "duplicate-name"]);

test("a kubeconfig is refused if, and only if, a finding says so", () => {
  assert(
    property(text, (config) => {
      const { findings } = examine(hostOf({ config }));
      expect(findings.some(({ code }) => REFUSALS.has(code))).toBe(!isAccepted(config));
    }),
    { numRuns: 300, seed: 8 },
  );
});

test("every finding stands within its file", () => {
  assert(
    property(text, (config) => {
      const lines = config.split(/\r\n|\n|\r/);
      for (const { file, position } of examine(hostOf({ config })).findings) {
        if (file === HOME_CONFIG && position !== undefined) {
          const length = Array.from(lines[position.line - 1] ?? "").length;
          expect(position.column).toBeGreaterThanOrEqual(1);
          expect(position.column).toBeLessThanOrEqual(length + 1);
        }
      }
    }),
    { numRuns: 300, seed: 8 },
  );
});

test("what was mended is accepted, and is no less safe", async () => {
  await assert(
    asyncProperty(text, async (config) => {
      const host = hostOf({ config });
      const { changes } = await applyFixes(host, () => examine(host), { lockTimeout: 0 });
      const after = Buffer.from(host.fs.readFile(HOME_CONFIG, KUBECONFIG_LIMIT)).toString();
      if (changes.length === 0) {
        expect(after).toBe(config);
        return;
      }
      const [old, fresh] = [decodeConfig(config), decodeConfig(after)];
      for (const [name, { insecureSkipTlsVerify }] of fresh.clusters) {
        expect(insecureSkipTlsVerify && old.clusters.get(name)?.insecureSkipTlsVerify !== true).toBe(false);
      }
      for (const [name, { cluster }] of fresh.contexts) {
        expect(old.clusters.has(cluster) && !fresh.clusters.has(cluster)).toBe(false);
        expect([cluster, ""]).toContain(old.contexts.get(name)?.cluster ?? "");
      }
    }),
    { numRuns: 200, seed: 8 },
  );
});
