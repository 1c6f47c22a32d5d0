import type { AllowlistEntry, PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOWLIST, DENY_ALL } from "../api/plugin-policy.ts";
import { filepathFor } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { KubercError } from "../errors.ts";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";
import type { LoadedPolicy } from "./evaluate-plugins.ts";
import { loadPluginPolicy, policyOfKuberc } from "./evaluate-plugins.ts";
import { homeDir } from "./home-dir.ts";
import { loadKubercAt } from "./load-kuberc.ts";
import { describeNote } from "./policy-notes.ts";

/**
 * Loads the plugin policy that is in force for this process: as {@link loadPluginPolicy}, but in a credential plugin
 * the policy of the user's own home, whatever the environment says, unless the program itself names a kuberc.
 *
 * @throws KubercError, PluginPolicyError as {@link loadPluginPolicy} and {@link ownPluginPolicy}
 */
export function policyInForce(
  host: Host,
  explicitKuberc: string,
  warn: (warning: string) => void,
): LoadedPolicy {
  return isCredentialPlugin(host) && explicitKuberc === ""
    ? ownPluginPolicy(host, warn)
    : loadPluginPolicy(host, explicitKuberc, warn);
}

/**
 * Loads the plugin policy of the kuberc in the user's home by the password database. Ignores `KUBERC` and
 * `KUBECTL_KUBERC`: a kubeconfig may have set them for its plugin. If that kuberc sets no policy, no plugin runs: the
 * client's policy may be in a file that KUBERC or a flag of the client names. Of an allowlist only full paths count.
 *
 * @throws KubercError if the environment names another home, if the user has none, and where kubectl would continue
 *   without an existing policy, or without a part of one
 * @throws PluginPolicyError for an invalid policy
 */
function ownPluginPolicy(host: Host, warn: (warning: string) => void): LoadedPolicy {
  const file = filepathFor(host).join(ownHome(host), ".kube", "kuberc");
  const loaded = policyOfKuberc(host, loadKubercAt(host, { file, explicit: false }), warn);
  const fault = loaded.notes.find(({ kind }) => kind === "unusable" || kind === "ignored");
  if (fault !== undefined) {
    throw new KubercError(
      `a credential plugin runs no plugins under this kuberc: ${describeNote(fault)}`,
      file,
    );
  }
  const { credentialPluginPolicy: policyType, credentialPluginAllowlist: allowlist } = loaded.policy;
  if (policyType === "") {
    warn(
      `${file} sets no plugin policy, so kcfg as a credential plugin runs no plugin; set credentialPluginPolicy there, to AllowAll if every plugin may run`,
    );
    return { ...loaded, policy: { credentialPluginPolicy: DENY_ALL, credentialPluginAllowlist: undefined } };
  }
  return allowlist === undefined ? loaded : { ...loaded, policy: onlyPaths(host, allowlist, file, warn) };
}

/** Keeps only full paths. A name is looked up in PATH, which the kubeconfig may have set. */
function onlyPaths(
  host: Host,
  allowlist: readonly AllowlistEntry[],
  file: string,
  warn: (warning: string) => void,
): PluginPolicy {
  const filepath = filepathFor(host);
  const paths = allowlist.filter(({ command }) => filepath.isAbs(command));
  for (const { command } of allowlist) {
    if (!filepath.isAbs(command)) {
      warn(
        `${file}: the entry ${goQuote(command)} of the allowlist allows nothing to a credential plugin, because PATH may come from a kubeconfig; write the full path`,
      );
    }
  }
  return paths.length === 0
    ? { credentialPluginPolicy: DENY_ALL, credentialPluginAllowlist: undefined }
    : { credentialPluginPolicy: ALLOWLIST, credentialPluginAllowlist: paths };
}

/** Returns the user's home by the password database, if the environment names no other. */
function ownHome(host: Host): string {
  const filepath = filepathFor(host);
  const own = host.self.accountHome() ?? "";
  if (!filepath.isAbs(own)) {
    throw new KubercError(
      "a credential plugin obeys the kuberc of the user's own home, but the password database has no home for this user",
    );
  }
  const named = homeDir(host);
  if (named !== "" && !isSameFolder(host, named, own)) {
    throw new KubercError(
      `a credential plugin obeys the kuberc of the user's own home, ${goQuote(own)}, but the environment says that the home is ${goQuote(named)}`,
    );
  }
  return own;
}

function isSameFolder(host: Host, one: string, other: string): boolean {
  const filepath = filepathFor(host);
  const normal = (path: string): string =>
    host.platform === "win32" ? filepath.clean(path).toLowerCase() : filepath.clean(path);
  if (normal(one) === normal(other)) {
    return true;
  }
  try {
    return normal(host.fs.realPath(one)) === normal(host.fs.realPath(other));
  } catch {
    return false;
  }
}
