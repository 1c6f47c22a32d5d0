import type { AuthProviderConfig } from "../api/auth-info.ts";
import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";

/** kubectl's messages for auth providers that were removed. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  [
    "gcp",
    [
      "The gcp auth plugin has been removed.",
      'Please use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.',
      "See https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke for further details",
    ].join("\n"),
  ],
  [
    "azure",
    [
      "The azure auth plugin has been removed.",
      "Please use the https://github.com/Azure/kubelogin kubectl/client-go credential plugin instead.",
      "See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins for further details",
    ].join("\n"),
  ],
]);

/** Returns a setting of a legacy auth provider; `""` if it is not set. */
export function providerSetting({ config }: AuthProviderConfig, name: string): string {
  return config?.get(name) ?? "";
}

/**
 * Refuses an auth-provider that kubectl refuses before the first request: all but `oidc`, and an incomplete `oidc`.
 *
 * @throws ConnectionError in kubectl's words: `no Auth Provider found for name "foo"`
 */
export function checkAuthProvider(provider: AuthProviderConfig): void {
  const { name } = provider;
  const removed = REMOVED.get(name);
  if (removed !== undefined) {
    throw new ConnectionError(removed);
  }
  if (name !== "oidc") {
    throw new ConnectionError(`no Auth Provider found for name ${goQuote(name)}`);
  }
  for (const setting of ["idp-issuer-url", "client-id"]) {
    if (providerSetting(provider, setting) === "") {
      throw new ConnectionError(`Must provide ${setting}`);
    }
  }
}
