import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOWLIST } from "../api/plugin-policy.ts";
import { filepathFor } from "../go/filepath.ts";
import { KubercError, PluginPolicyError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { decidePlugin } from "../policy/decide.ts";
import type { NamedFileFacts } from "../policy/file-places.ts";
import type { HazardFacts } from "../policy/find-hazards.ts";
import { loadPluginPolicy } from "./evaluate-plugins.ts";
import { statIfPossible } from "./file-system.ts";
import { homeDir } from "./home-dir.ts";
import { executableFacts } from "./look-path.ts";

/** Makes the facts about what kubeconfigs name, under the plugin policy of the kuberc in effect. */
export function hazardFacts(host: Host, isInScope: HazardFacts["isInScope"]): HazardFacts {
  const filepath = filepathFor(host);
  return {
    isInScope,
    filepath,
    cwd: host.cwd(),
    home: homeDir(host),
    files: fileFacts(host),
    isAllowed: allowlistCheck(host),
  };
}

/** Makes the facts about the files that kubeconfigs name. */
export function fileFacts(host: Host): NamedFileFacts {
  return {
    realPath: (path) => ifPossible(() => host.fs.realPath(path)),
    isLink: (path) => ifPossible(() => host.fs.lookAt(path).isSymbolicLink) ?? false,
    isRegular: (path) => statIfPossible(host, path)?.isFile,
  };
}

function ifPossible<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/**
 * Makes the check for allowed plugins. Only an allowlist names plugins: without a policy, or with one that allows all,
 * none counts.
 */
function allowlistCheck(host: Host): (command: string) => boolean {
  const policy = policyInForce(host);
  if (policy?.credentialPluginPolicy !== ALLOWLIST) {
    return () => false;
  }
  const results = new Map<string, boolean>();
  return (command) => {
    const known = results.get(command);
    if (known !== undefined) {
      return known;
    }
    const { status, matchedEntry } = decidePlugin(policy, command, filepathFor(host), executableFacts(host));
    const result = status !== "denied" && matchedEntry !== undefined;
    results.set(command, result);
    return result;
  };
}

/** Returns the policy; undefined for a kuberc that kubectl refuses, which allows nothing. */
function policyInForce(host: Host): PluginPolicy | undefined {
  try {
    return loadPluginPolicy(host, "", () => undefined).policy;
  } catch (error) {
    if (error instanceof KubercError || error instanceof PluginPolicyError) {
      return undefined;
    }
    throw error;
  }
}
