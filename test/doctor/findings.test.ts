import { CODES } from "../../src/doctor/codes.ts";
import { createRows } from "./findings.table.ts";
import type { Row } from "./findings.table.ts";
import { kubeconfig } from "./kubeconfigs.ts";
import { examine, examineOn, hostOf, lineOf } from "./world.ts";

describe("every finding", () => {
  let rows: readonly Row[] = [];
  beforeAll(async () => {
    rows = await createRows();
  });
  const rowOf = (code: string): Row => {
    const row = rows.find((each) => each.code === code);
    if (row === undefined) {
      throw new Error(`no row for ${code}`);
    }
    return row;
  };

  test("has a row, in the order of the codes", () => {
    expect(rows.map(({ code }) => code)).toEqual(Object.keys(CODES));
  });

  test.each(Object.keys(CODES))("%s is told where it is, and only there", (code) => {
    const { shown, line, hidden } = rowOf(code);
    expect(examine(shown).findings.map(lineOf)).toContain(line);
    expect(examine(hidden).findings.map((finding) => finding.code)).not.toContain(code);
  });

  test("ends its sentences, and says what to do", () => {
    for (const { shown } of rows) {
      for (const { message, hint } of examine(shown).findings) {
        expect(message).toMatch(/[.?]$/);
        expect(message).not.toMatch(/\.\.$/);
        expect(hint).not.toBe("");
      }
    }
  });

  test("holds no secret", () => {
    for (const { shown } of rows) {
      expect(JSON.stringify(examine(shown).findings)).not.toMatch(/hunter2|c2lnbmF0dXJl/);
    }
  });
});

test("in a good kubeconfig nothing is found", () => {
  expect(examine({ config: kubeconfig({}), files: { "/home/u/.kube/token": "t\n" } })).toEqual({
    files: ["/home/u/.kube/config"],
    findings: [],
    omitted: new Map(),
  });
});

test("on Windows files have no modes to judge", () => {
  const config = kubeconfig({ user: "token: t" });
  const world = { config, modes: { "/home/u/.kube/config": 0o666 }, platform: "win32" };
  const env = { USERPROFILE: String.raw`C:\home\u`, HOME: String.raw`C:\home\u` };
  expect(examine({ ...world, env }).findings.map(lineOf)).toEqual(['info inline-token 9:10 user "u"']);
});

test.each([
  ["nothing", "", true],
  ["a context that is current", "current-context: x\ncontexts: [{name: x, context: {}}]", false],
])(
  "of an empty kubeconfig it is told that no context is current, beside one with %s",
  (_what, more, isTold) => {
    const env = { KUBECONFIG: "/home/u/.kube/config:/more" };
    const { findings } = examine({ config: "", files: { "/more": more }, env });
    expect(findings.map(lineOf).includes("warning no-current-context -")).toBe(isTold);
  },
);

test("a file that is missing today leaves references dangling", () => {
  const config = kubeconfig({ context: "cluster: d, user: u" });
  const env = { KUBECONFIG: "/home/u/.kube/config:/nope" };
  const found = examine({ config, env, files: { "/home/u/.kube/token": "t" } }).findings.map(
    ({ code }) => code,
  );
  expect(found).toEqual(["unknown-cluster", "unused-cluster", "listed-file-missing"]);
});

test("an entry that an alias repeats is told of once, where it is written", () => {
  const config = [
    "users:",
    "- {name: a, user: &u {token: t, Token: t}}",
    "- {name: b, user: *u}",
    "contexts:",
    "- {name: x, context: {cluster: c, user: a}}",
    "- {name: z, context: {cluster: c, user: b}}",
    "clusters: [{name: c, cluster: {server: https://h}}]",
    "current-context: x",
  ].join("\n");
  expect(examine({ config }).findings.map(lineOf)).toEqual([
    'warning unknown-field 2:33 user "a"',
    'info inline-token 2:23 user "a"',
    'info inline-token 2:23 user "b"',
  ]);
});

describe("permissions", () => {
  const config = kubeconfig({ user: "tokenFile: /home/u/.kube/link" });
  const file = "/home/u/.kube/config";
  const files = { "/home/u/.kube/token": "t", "/shared/config": config, [file]: config };
  const found = (modes: Readonly<Record<string, number>>, explicitPath = file): readonly string[] => {
    const host = hostOf({ files, modes: { "/shared": 0o755, "/home/u": 0o755, ...modes } });
    host.fs.createLink("/home/u/.kube/link", "/home/u/.kube/token");
    host.fs.createLink("/home/u/other", "/shared/config");
    return examineOn(host, { explicitPath }).findings.map(lineOf);
  };

  test("are those of the file that a symbolic link leads to", () => {
    expect(found({ "/home/u/.kube/token": 0o604 })).toEqual([
      'warning credential-readable-by-others 9:10 user "u"',
    ]);
    expect(found({})).toEqual([]);
  });

  test("are those of its folder too, but for sticky ones", () => {
    expect(found({ "/home/u/.kube": 0o777 })).toEqual(["error file-writable-by-others -"]);
    expect(found({ "/home/u/.kube": 0o1777 })).toEqual([]);
  });

  test("are those of the folder that a symbolic link leads to", () => {
    const line = "error file-writable-by-others -";
    expect(found({ "/shared": 0o777 }, "/home/u/other")).toContain(line);
    expect(found({}, "/home/u/other")).not.toContain(line);
  });

  test("are those of a file that decides whom to trust", () => {
    const cluster = "server: https://h, certificate-authority: /ca";
    const host = hostOf({ config: kubeconfig({ cluster }), files: { "/ca": "x" }, modes: { "/ca": 0o666 } });
    expect(examineOn(host, {}).findings.map(lineOf)).toContain(
      'error file-writable-by-others 6:32 cluster "c"',
    );
  });
});
