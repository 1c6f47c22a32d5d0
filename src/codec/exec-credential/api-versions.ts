/** The API group of credential plugins. */
export const GROUP = "client.authentication.k8s.io";

/** client-go's own, internal type: what a document without apiVersion is taken for, and never what is wanted. */
export const INTERNAL_VERSION = "__internal";

const VERSIONS: ReadonlySet<string> = new Set(["v1", "v1beta1"]);

/** Whether a version of the group is one that client-go registers. */
export function isRegisteredVersion(version: string): boolean {
  return VERSIONS.has(version);
}

/** Whether plugins of this `apiVersion` can be run. v1alpha1 cannot since Kubernetes 1.24. */
export function isSupportedApiVersion(apiVersion: string): boolean {
  return apiVersion.startsWith(`${GROUP}/`) && VERSIONS.has(apiVersion.slice(GROUP.length + 1));
}
