import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defaultLoadingRules,
  newNonInteractiveDeferredLoadingClientConfig,
  persisterForUser,
} from "../../src/index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-persister-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const CONFIG = `users:
- name: u # mine
  user:
    auth-provider:
      name: oidc
      config:
        client-id: kubernetes # ours
        id-token: old
- name: v
  user: {token: t}
`;

function keptBy(user: string): Promise<string> {
  const file = join(folder, "config");
  writeFileSync(file, CONFIG);
  const access = newNonInteractiveDeferredLoadingClientConfig(
    defaultLoadingRules({ explicitPath: file }),
  ).configAccess();
  if (access === undefined) {
    throw new Error("there is no access");
  }
  const settings = new Map([
    ["client-id", "kubernetes"],
    ["id-token", "new"],
    ["refresh-token", "r"],
  ]);
  return Promise.resolve(persisterForUser(access, user)(settings)).then(() => readFileSync(file, "utf8"));
}

describe("persisterForUser", () => {
  test("writes the tokens to the user's entry, and keeps all else", async () => {
    expect(await keptBy("u")).toBe(
      CONFIG.replace("id-token: old", "id-token: new\n        refresh-token: r"),
    );
  });

  test("leaves a user without an auth-provider, and one that is gone, as they are", async () => {
    expect(await keptBy("v")).toBe(CONFIG);
    expect(await keptBy("w")).toBe(CONFIG);
  });
});
