export const V1 = "client.authentication.k8s.io/v1";
export const V1BETA1 = "client.authentication.k8s.io/v1beta1";

/** Outputs of plugins that speak v1, by name; each character is a byte. */
export type Group = readonly (readonly [name: string, stdout: string])[];

/** An answer with this status, as JSON text. */
export function credential(status: string, apiVersion = V1): string {
  return `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{"interactive":false},"status":${status}}`;
}

/** An answer with these members after apiVersion and kind, as JSON text. */
export function headed(rest: string): string {
  return `{"kind":"ExecCredential","apiVersion":"${V1}"${rest}}`;
}

/** The plainest answer there is. */
export const GOOD = credential('{"token":"t"}');
