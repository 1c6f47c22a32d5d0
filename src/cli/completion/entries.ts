import type { AuthInfo } from "../../api/auth-info.ts";
import type { Cluster } from "../../api/cluster.ts";
import type { Config, Context } from "../../api/config.ts";
import { compareGoStrings } from "../../go/order.ts";
import type { Candidate } from "./completer.ts";

/** Returns entries of a kubeconfig as candidates, by the placeholder that they are for. Nothing in them is secret. */
export const ENTRIES: Readonly<Record<string, (config: Config) => readonly Candidate[]>> = {
  context: ({ contexts, currentContext }) =>
    named(contexts, (context, name) => describeContext(context, name === currentContext)),
  cluster: ({ clusters }) => named(clusters, describeCluster),
  user: ({ authInfos }) => named(authInfos, describeUser),
  namespace: ({ contexts }) => {
    const usedBy = new Map<string, string[]>();
    for (const [name, { namespace }] of contexts) {
      if (namespace !== "") {
        usedBy.set(namespace, [...(usedBy.get(namespace) ?? []), name]);
      }
    }
    return named(usedBy, (names) =>
      names.length === 1 ? `of context ${names[0]}` : `of ${names.length} contexts`,
    );
  },
};

function named<E>(
  entries: ReadonlyMap<string, E>,
  describe: (entry: E, name: string) => string,
): readonly Candidate[] {
  return Array.from(entries, ([value, entry]) => ({ value, description: describe(entry, value) })).toSorted(
    (one, other) => compareGoStrings(one.value, other.value),
  );
}

function describeContext({ cluster, authInfo, namespace }: Context, isCurrent: boolean): string {
  return [
    isCurrent ? "current" : "",
    cluster === "" ? "" : `cluster ${cluster}`,
    authInfo === "" ? "" : `user ${authInfo}`,
    namespace === "" ? "" : `namespace ${namespace}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Describes a cluster without credentials, which an address may hold. */
function describeCluster({ server }: Cluster): string {
  return server.replace(/^([^/]*\/\/)[^/?#]*@/, "$1");
}

function describeUser(user: AuthInfo): string {
  if (user.exec !== undefined) {
    return `plugin ${user.exec.command.split(/[/\\]/).at(-1)}`;
  }
  if (user.authProvider !== undefined) {
    return `auth provider ${user.authProvider.name}`;
  }
  if (user.token !== "" || user.tokenFile !== "") {
    return "token";
  }
  if (user.clientCertificate !== "" || (user.clientCertificateData?.length ?? 0) > 0) {
    return "client certificate";
  }
  return user.username === "" ? "" : "user name and password";
}
