import { decodeRequirements, RequirementsFault } from "../codec/requirements/decode-requirements.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import { filepathFor } from "../go/filepath.ts";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";
import type { FileRequirements } from "../policy/check-requirements.ts";
import { readFile } from "./file-system.ts";
import { homeDir } from "./home-dir.ts";
import { REQUIREMENTS_LIMIT } from "./size-limits.ts";

/** The variable that names the plugin requirements. */
export const REQUIREMENTS_VARIABLE = "KCFG_PLUGIN_REQUIREMENTS";

/**
 * Loads the plugin requirements in force: the file that is named, else that of KCFG_PLUGIN_REQUIREMENTS, else
 * `~/.kube/plugin-requirements.yaml`, which need not exist.
 *
 * In a credential plugin the environment may come from a kubeconfig: then the file in the home of the password database
 * holds, and that of the variable in addition, so that the variable can only demand more.
 *
 * @param explicitFile - the value of `--plugin-requirements`; `""` for none
 * @returns the files, all of which must allow a plugin; none if nothing is demanded. One that cannot be obeyed has a fault
 */
export function loadRequirements(host: Host, explicitFile = ""): readonly FileRequirements[] {
  const named = explicitFile || (host.env[REQUIREMENTS_VARIABLE] ?? "");
  if (named !== "" && (explicitFile !== "" || !isCredentialPlugin(host))) {
    return [readRequirements(host, named)];
  }
  const file = defaultRequirementsFile(host);
  return [
    ...(isThere(host, file) ? [readRequirements(host, file)] : []),
    ...(named === "" ? [] : [readRequirements(host, named)]),
  ];
}

/** Returns the default file of plugin requirements. */
export function defaultRequirementsFile(host: Host): string {
  const account = host.self.accountHome() ?? "";
  const home = isCredentialPlugin(host) ? account || homeDir(host) : homeDir(host) || account;
  return filepathFor(host).join(home, ".kube", "plugin-requirements.yaml");
}

/** Reports whether anything is at a path: also what cannot be read, such as a link that leads nowhere. */
function isThere(host: Host, path: string): boolean {
  try {
    host.fs.lookAt(path);
    return true;
  } catch (error) {
    return !hasErrno(error, "ENOENT") && !hasErrno(error, "ENOTDIR");
  }
}

function readRequirements(host: Host, file: string): FileRequirements {
  try {
    const { plugins } = decodeRequirements(readFile(host, file, REQUIREMENTS_LIMIT), filepathFor(host));
    return { file, plugins };
  } catch (error) {
    if (error instanceof RequirementsFault) {
      const { position } = error;
      const place = position === undefined ? "" : `:${position.line}:${position.column}`;
      return { file, fault: `${file}${place}: ${error.message}` };
    }
    if (error instanceof ConfigReadError) {
      return {
        file,
        fault: `${error.message}; make it readable, or remove it if no requirements are wanted`,
      };
    }
    throw error;
  }
}
