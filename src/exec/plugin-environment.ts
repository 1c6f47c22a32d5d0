import type { ExecEnvVar } from "../api/exec.ts";
import { EXEC_INFO } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";

/**
 * The environment of a plugin: this process's, then what the plugin's `env` adds, then KUBERNETES_EXEC_INFO and what else is
 * imposed, which nothing before it can forge. Of one variable the last value counts. Go's `exec.dedupEnv`: a name ends at its first `=`
 * whoever wrote it, and on Windows has no case.
 */
export function pluginEnvironment(
  host: Host,
  added: readonly ExecEnvVar[],
  execInfo: string,
  imposed: readonly ExecEnvVar[] = [],
): Readonly<Record<string, string>> {
  const inherited = Object.entries(host.env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const variables = new Map<string, readonly [name: string, value: string]>();
  for (const { name, value } of [...inherited, ...added, ...imposed, { name: EXEC_INFO, value: execInfo }]) {
    const line = `${name}=${value}`;
    // Windows keeps the current directory of each drive in variables whose names begin with `=`.
    const end = line.indexOf("=", line.startsWith("=") ? 1 : 0);
    if (end !== -1) {
      const key = line.slice(0, end);
      variables.set(host.platform === "win32" ? key.toLowerCase() : key, [key, line.slice(end + 1)]);
    }
  }
  return Object.fromEntries(variables.values());
}
