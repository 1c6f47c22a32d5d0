import type { Optional } from "../api/optional.ts";
import { withDefaults } from "../api/optional.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { filepathFor } from "../go/filepath.ts";
import type { ScalarPrecedence } from "../clientcmd/merge.ts";
import type { Host } from "../host/host.ts";
import { homeDir } from "./home-dir.ts";

/** Which kubeconfig files are read, in which order, and how: client-go's `ClientConfigLoadingRules`. */
export interface LoadingRules {
  /** If not `""`, only this file is read, and it must exist: the value of `--kubeconfig`. */
  readonly explicitPath: string;
  /** The files to merge, highest precedence first. Empty names and missing files are skipped. */
  readonly precedence: readonly string[];
  /** Destination to source: a source is copied to a destination that does not exist, before anything is read. */
  readonly migrationRules: ReadonlyMap<string, string>;
  /** Whether relative paths become absolute, against the file they are in. `kubectl config` shows them as written. */
  readonly resolvePaths: boolean;
  /** Whether to call `warn` when none of the files of `precedence` exists. */
  readonly warnIfAllMissing: boolean;
  /** Receives the missing files. Not called when some file was found. */
  readonly warn: (missing: readonly string[]) => void;
  /** Receives each file that was read. */
  readonly loaded?: ((file: string) => void) | undefined;
  /** Which file gives `current-context` when several set it. */
  readonly scalarPrecedence: ScalarPrecedence;
  /**
   * The client config of an empty configuration. A client config that resolves to the same counts as empty, and gives
   * way to the cluster that the process runs in, if any. client-go's `DefaultClientConfig`.
   */
  readonly defaultClientConfig?:
    | {
        /** Returns the configuration to compare with. */
        clientConfig(): Promise<RestConfig>;
      }
    | undefined;
}

/**
 * Returns the rules of kubectl with some changes, as the library's `defaultLoadingRules` does.
 *
 * @throws TypeError for fields that rules do not have, and for values of the wrong type
 */
export function defaultLoadingRules(host: Host, changes: Optional<LoadingRules> = {}): LoadingRules {
  const filepath = filepathFor(host);
  const homeFile = recommendedHomeFile(host);
  const list = host.env["KUBECONFIG"] ?? "";
  const oldName = host.platform === "win32" ? "config" : ".kubeconfig";
  const rules: LoadingRules = {
    explicitPath: "",
    precedence: list === "" ? [homeFile] : [...new Set(filepath.splitList(list))],
    migrationRules: new Map([[homeFile, filepath.join(host.env["HOME"] ?? "", ".kube", oldName)]]),
    resolvePaths: true,
    warnIfAllMissing: list !== "",
    warn: () => undefined,
    scalarPrecedence: "first",
    loaded: undefined,
    defaultClientConfig: undefined,
  };
  return withDefaults("the loading rules", rules, changes);
}

/** Returns the default kubeconfig: `~/.kube/config`. */
export function recommendedHomeFile(host: Host): string {
  return filepathFor(host).join(homeDir(host), ".kube", "config");
}
