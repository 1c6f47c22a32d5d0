import type { Config } from "../api/config.ts";
import { minifyConfig } from "../clientcmd/minify.ts";
import { goQuote } from "../go/quote.ts";

/** The flags that choose users. */
export interface UserFlags {
  readonly context: string;
  readonly user: string;
  readonly minify: boolean;
}

/**
 * Returns the names of the users that `--user`, `--minify` or `--context` select, the first of them that is given; all
 * users if none is.
 *
 * @throws Error in kubectl's words for a context or user that does not exist
 */
export function chosenUsers(config: Config, { context, user, minify }: UserFlags): ReadonlySet<string> {
  if (context !== "" && !config.contexts.has(context)) {
    throw new Error(`context ${goQuote(context)} does not exist`);
  }
  const name = user === "" && !minify ? config.contexts.get(context)?.authInfo : user;
  if (name !== undefined && name !== "") {
    if (!config.authInfos.has(name)) {
      throw new Error(`auth info ${goQuote(name)} does not exist`);
    }
    return new Set([name]);
  }
  if (minify) {
    const chosen = context === "" ? config : { ...config, currentContext: context };
    return new Set(minifyConfig(chosen).authInfos.keys());
  }
  return name === undefined ? new Set(config.authInfos.keys()) : new Set();
}
