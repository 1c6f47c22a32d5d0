import { diagnose } from "../../src/library/public-diagnosis.ts";
import { kubeconfig } from "../doctor/kubeconfigs.ts";
import { HOME_CONFIG, hostOf } from "../doctor/world.ts";

const host = hostOf({
  config: kubeconfig({ user: "token: t", more: "- {name: lost, context: {cluster: gone, user: u}}" }),
});

test("diagnose looks at kubectl's files", async () => {
  const { files, findings, omitted } = await diagnose({ host });
  expect(files).toEqual([HOME_CONFIG]);
  expect(findings).toMatchObject([
    {
      code: "unknown-cluster",
      severity: "error",
      file: HOME_CONFIG,
      position: { line: 13, column: 26 },
      subject: 'context "lost"',
      fix: undefined,
    },
    { code: "inline-token", severity: "info" },
  ]);
  expect(omitted.size).toBe(0);
});

test("diagnose looks at one context, and tells not what is ignored", async () => {
  const options = { context: "x", ignore: ["inline-token"] } as const;
  expect((await diagnose({ ...options, host })).findings).toEqual([]);
  await expect(diagnose({ context: "nope", host })).rejects.toThrow('context "nope" does not exist');
});

test("diagnose looks at the files of other rules", async () => {
  expect((await diagnose({ explicitPath: "/nope", host })).findings.map(({ code }) => code)).toEqual([
    "kubeconfig-missing",
  ]);
});
