import type { AuthInfo } from "../api/auth-info.ts";
import { goQuote } from "../codec/go-quote.ts";

const INTERACTIVE_MODES: ReadonlySet<string> = new Set(["Never", "IfAvailable", "Always"]);

const API_VERSIONS: ReadonlySet<string> = new Set([
  "client.authentication.k8s.io/v1beta1",
  "client.authentication.k8s.io/v1",
]);

/**
 * What keeps a user's plugin from ever being run, whatever the policy: the faults of its configuration in client-go's
 * words (`validateAuthInfo`, then `newAuthenticator`), all that there are.
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
    exec.apiVersion !== "" &&
      !API_VERSIONS.has(exec.apiVersion) &&
      `exec plugin: invalid apiVersion ${goQuote(exec.apiVersion)}`,
  ];
  return faults.filter((fault) => fault !== false);
}
