import { join } from "node:path";

/** The environment in which the built CLI, and what it starts, finds this home in the password database; `""` for no user. */
export function accountHome(home: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require="${join(__dirname, "account-home.cjs")}"`, ACCOUNT_HOME: home };
}
