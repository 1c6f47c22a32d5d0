import type { Config } from "../../../api/config.ts";
import type { ConfigPath } from "../../../clientcmd/origins.ts";
import type { ConfigOrigins } from "../../../loading/load-origins.ts";

/** The input of `kcfg view --show-origin`. */
export interface PresentedOrigins {
  /** The config as it is to be shown: minified, flattened, redacted. */
  readonly config: Config;
  readonly origins: ConfigOrigins;
  /** Whether `--context` has replaced `current-context`. */
  readonly isContextFromFlag: boolean;
  /** Returns the file whose content has replaced its name; undefined for a value that was inline. */
  readonly contentOf: (path: ConfigPath) => string | undefined;
}

/** Fields with data, each with the field that can name a file instead. */
export const NAMES_FILE: ReadonlyMap<string, string> = new Map([
  ["certificate-authority-data", "certificate-authority"],
  ["client-certificate-data", "client-certificate"],
  ["client-key-data", "client-key"],
]);
