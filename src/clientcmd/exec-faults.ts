import type { AuthInfo } from "../api/auth-info.ts";
import { goQuote } from "../codec/go-quote.ts";

const INTERACTIVE_MODES: ReadonlySet<string> = new Set(["Never", "IfAvailable", "Always"]);

const API_VERSIONS: ReadonlySet<string> = new Set([
  "client.authentication.k8s.io/v1beta1",
  "client.authentication.k8s.io/v1",
]);

/**
 * What keeps a user's plugin from ever being run, whatever the policy: the faults of its configuration in client-go's
 * words, all that `validateAuthInfo` finds, else what `newAuthenticator` finds.
 */
export function execFaults(name: string, user: AuthInfo): readonly string[] {
  const { exec } = user;
  if (exec === undefined) {
    return [];
  }
  const suffix = `must be specified for ${name} to use exec authentication plugin`;
  const isMode = INTERACTIVE_MODES.has(exec.interactiveMode);
  const faults = [
    user.authProvider !== undefined &&
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    exec.command === "" && `command ${suffix}`,
    exec.apiVersion === "" && `apiVersion ${suffix}`,
    ...(exec.env ?? []).map((variable) => variable.name === "" && `env variable name ${suffix}`),
    exec.interactiveMode === "" && `interactiveMode ${suffix}`,
    exec.interactiveMode !== "" &&
      !isMode &&
      `invalid interactiveMode for ${name}: ${goQuote(exec.interactiveMode)}`,
  ];
  const invalid = faults.filter((fault) => fault !== false);
  return invalid.length > 0 || API_VERSIONS.has(exec.apiVersion)
    ? invalid
    : [`exec plugin: invalid apiVersion ${goQuote(exec.apiVersion)}`];
}
