import type { Config } from "../../../api/config.ts";
import type { ConfigPath } from "../../../clientcmd/origins.ts";
import type { ConfigOrigins } from "../../../loading/load-origins.ts";

/** What `kcfg view --show-origin` has to print. */
export interface PresentedOrigins {
  /** The config as it is to be shown: minified, flattened, redacted. */
  readonly config: Config;
  readonly origins: ConfigOrigins;
  /** Whether `--context` has taken the place of `current-context`. */
  readonly isContextFromFlag: boolean;
  /** The file whose content has taken the place of its name; undefined for a value that was there as it is. */
  readonly contentOf: (path: ConfigPath) => string | undefined;
}

/** Fields with data, each with the one that can name a file instead. */
export const NAMES_FILE: ReadonlyMap<string, string> = new Map([
  ["certificate-authority-data", "certificate-authority"],
  ["client-certificate-data", "client-certificate"],
  ["client-key-data", "client-key"],
]);
