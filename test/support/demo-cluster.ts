import { createAuthority } from "./certificates.ts";
import type { Reply, SeenRequest } from "./https-server.ts";
import { startServer } from "./https-server.ts";

/** A server on loopback that acts as two small clusters, and its kubeconfig. */
export interface DemoCluster {
  /** Its contexts are `blue`, the current one, and `green`; the namespace of both is `shop`. */
  readonly kubeconfig: string;
  readonly close: () => Promise<void>;
}

const ANSWERS: Readonly<Record<string, object>> = {
  "/version": { major: "1", minor: "36", gitVersion: "v1.36.3" },
  "/api/v1/namespaces": listOf("Namespace", ["default", "shop", "old"]),
  "/api/v1/namespaces/shop/pods": listOf("Pod", ["cart-0", "till-0"]),
  "/api/v1/namespaces/default/pods": listOf("Pod", []),
};

/** Starts one. Both clusters have the same objects, except that the namespace `old` is in `blue` alone. */
export async function startDemoCluster(): Promise<DemoCluster> {
  const authority = await createAuthority();
  const identity = await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] });
  const server = await startServer({ identity, reply: answer });
  const ca = Buffer.from(authority.certificate).toString("base64");
  const clusters = ["blue", "green"].map((name) => ({
    name,
    cluster: { server: `${server.url}/${name}`, "certificate-authority-data": ca },
  }));
  const contexts = clusters.map(({ name }) => ({
    name,
    context: { cluster: name, user: "me", namespace: "shop" },
  }));
  const users = [{ name: "me", user: { token: "t0ken" } }];
  const config = { clusters, contexts, users, "current-context": "blue" };
  return { kubeconfig: `${JSON.stringify(config, undefined, 2)}\n`, close: () => server.close() };
}

function answer({ target, headers }: SeenRequest): Reply {
  const isKnown = headers.some(([name, value]) => /^authorization$/i.test(name) && value === "Bearer t0ken");
  const [, cluster = "", path = ""] = /^\/(blue|green)(.*)$/.exec(target) ?? [];
  const found = isKnown ? ANSWERS[path] : undefined;
  const status = found !== undefined ? 200 : isKnown ? 404 : 401;
  const body = JSON.stringify(found ?? failure(status));
  return {
    status,
    headers: { "content-type": "application/json" },
    body: cluster === "green" ? body.replace(',{"metadata":{"name":"old"}}', "") : body,
  };
}

function failure(code: number): object {
  const words =
    code === 401
      ? { reason: "Unauthorized", message: "Unauthorized" }
      : { reason: "NotFound", message: "the server could not find the requested resource" };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", ...words, code };
}

/** Returns a list as the API server does, of objects with these names. */
function listOf(kind: string, names: readonly string[]): object {
  const items = names.map((name) => ({ metadata: { name } }));
  return { kind: `${kind}List`, apiVersion: "v1", metadata: {}, items };
}
