import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless } from "../../support/unless.ts";
import { judge } from "../kubectl-version.ts";
import { builtCli, repositoryRoot } from "../repository.ts";
import type { GuardClient } from "./guard.ts";
import { honestGuards, hostileGuards, makeGuardWorld, runGuard } from "./guard.ts";

const cache = process.env["KCFG_KUBECTL_CACHE"] ?? join(repositoryRoot(), ".cache", "kubectl");
const raw: GuardClient = { program: process.execPath, args: [builtCli(), "raw", "/x"] };

const kubectl = join(cache, `kubectl-${judge}`);

/** kubectl is a client only if it has been fetched; `npm run test:kubectl` has all versions. */
const clients: readonly (readonly [name: string, client: GuardClient, lack: string | undefined])[] = [
  ["kcfg raw", raw, undefined],
  [
    `kubectl ${judge}`,
    { program: kubectl, args: ["get", "--raw", "/x"] },
    existsSync(kubectl) ? undefined : "npm run test:kubectl fetches it",
  ],
];
const onWindows = process.platform === "win32" ? "the plugins are shell scripts" : undefined;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kcfg-guard-"));
  makeGuardWorld(root);
});

afterEach(() => rmSync(root, { recursive: true }));

describe.each(clients)("under an allowlist that has kcfg, %s", (_name, client, lack) => {
  describeUnless(onWindows ?? lack)("held by the policy", () => {
    test.each(
      hostileGuards("/root-of-test").map(({ name }, index) => [name.replaceAll("/root-of-test", "…"), index]),
    )("comes to run nothing else by: %s", async (_what, index) => {
      const hostile = hostileGuards(root)[index];
      const kuberc = join(root, "home", ".kube", "kuberc");
      const [policy, config] = [kuberc, join(root, "home", ".kube", "config")].map((file) =>
        readFileSync(file, "utf8"),
      );
      if (hostile === undefined) {
        throw new Error("no such case");
      }
      expect(await runGuard(client, root, hostile)).toMatchObject({ ran: false });
      expect(readFileSync(kuberc, "utf8")).toBe(policy);
      expect(readFileSync(join(root, "home", ".kube", "config"), "utf8")).toBe(config);
    });

    test.each(honestGuards("").map(({ name }, index) => [name, index]))(
      "comes to run what the policy allows by: %s",
      async (_what, index) => {
        const honest = honestGuards(root)[index];
        if (honest === undefined) {
          throw new Error("no such case");
        }
        expect(await runGuard(client, root, honest)).toMatchObject({ ran: true });
      },
    );
  });
});
