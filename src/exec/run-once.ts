import type { ExecCredentialStatus } from "../api/exec-credential.ts";
import type { Host } from "../host/host.ts";
import { withErrorPrefix } from "./with-error-prefix.ts";
import { InstallHint } from "./install-hint.ts";
import type { PluginCall } from "./run-plugin.ts";
import { runPluginOnce, validatePluginCall } from "./run-plugin.ts";

/** Runs a credential plugin once, as the library's `runPlugin` does. */
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
    throw withErrorPrefix("getting credentials", error);
  }
}
