import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";

const PRELOADED = join(repositoryRoot(), "test", "support", "account-home.cjs");

/**
 * Returns the environment in which the built CLI, and its children, find this home in the password database; `""` for
 * no user.
 */
export function accountHome(home: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require="${PRELOADED}"`, ACCOUNT_HOME: home };
}
