import type { ExecCredentialStatus } from "../api/exec-credential.ts";
import type { Host } from "../host/host.ts";
import { inContext } from "./with-error-prefix.ts";
import { InstallHint } from "./install-hint.ts";
import type { PluginCall } from "./run-plugin.ts";
import { runPluginOnce, validatePluginCall } from "./run-plugin.ts";

/**
 * Runs a credential plugin once under its policy and gives what it answered, as it answered it. An
 * {@link execAuthenticator} is better for whoever sends requests.
 *
 * @param signal - kills the plugin and its children
 * @throws ExecPluginError, PluginPolicyError as `execAuthenticator` and its `credentials` do
 * @throws the signal's reason when it is aborted
 */
export async function runPlugin(
  host: Host,
  call: PluginCall,
  signal?: AbortSignal,
): Promise<ExecCredentialStatus> {
  validatePluginCall(host, call);
  try {
    const hint = new InstallHint(call.exec.installHint, () => host.now());
    return (await runPluginOnce(host, call, hint, signal)).status;
  } catch (error) {
    throw inContext("getting credentials", error);
  }
}
