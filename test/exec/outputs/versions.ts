import type { Group } from "./credential.ts";
import { V1, V1BETA1 } from "./credential.ts";

/** What an answer may say that it is. */
export const versions: Group = [
  "",
  "/",
  "v1",
  "v1beta1",
  V1,
  V1BETA1,
  "client.authentication.k8s.io/v1alpha1",
  "client.authentication.k8s.io/v2",
  "client.authentication.k8s.io/__internal",
  "client.authentication.k8s.io/",
  "client.authentication.k8s.io",
  "/v1",
  "other/v1",
  "other/",
  "a/b/c",
  "__internal",
  "client.authentication.k8s.io/v1 ",
  "Client.authentication.k8s.io/v1",
  "client.authentication.k8s.io/V1",
  "meta.k8s.io/v1",
].flatMap((apiVersion) =>
  ["ExecCredential", "", "execCredential", "Config", "Status", "APIGroup", "ListOptions", "WatchEvent"].map(
    (kind): [string, string] => [
      `apiVersion ${JSON.stringify(apiVersion)}, kind ${JSON.stringify(kind)}`,
      JSON.stringify({ apiVersion, kind, status: { token: "t" } }),
    ],
  ),
);
