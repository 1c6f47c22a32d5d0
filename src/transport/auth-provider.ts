import type { AuthProviderConfig } from "../api/auth-info.ts";
import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";

/** What kubectl says of the providers that it has no more. */
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

/** A legacy provider's setting; `""` if it is not set. */
export function providerSetting({ config }: AuthProviderConfig, name: string): string {
  return config?.get(name) ?? "";
}

/**
 * Refuses what kubectl refuses of an auth-provider before the first request. Only `oidc` is left of them.
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
