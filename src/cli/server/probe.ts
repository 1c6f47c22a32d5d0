import type { Config } from "../../api/config.ts";
import { newContext } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import { newDefaultClientConfig } from "../../loading/client-configs.ts";
import { connect } from "../../transport/connection.ts";

/** How long a server may take to answer, in milliseconds, and how many are asked at once. */
const TIME_LIMIT = 5_000;
const AT_ONCE = 10;

/** What is wrong where no server answers. Other faults, such as of certificates, show that there is one. */
const NO_ANSWER =
  /connection refused|connection reset|no such host|no route to host|unreachable|timed? ?out|deadline exceeded/i;

/**
 * Finds the clusters whose servers do not answer. Sends no credentials, and so runs no plugin: any answer counts, a refusal
 * too, and a proxy that fails says nothing of the server.
 *
 * @param progress - receives how many have been asked
 */
export async function silentClusters(
  host: Host,
  config: Config,
  names: readonly string[],
  progress: (asked: number) => void,
): Promise<ReadonlySet<string>> {
  const silent = new Set<string>();
  const left = [...names];
  let asked = 0;
  const work = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      if (!(await answers(host, config, name))) {
        silent.add(name);
      }
      progress(++asked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return silent;
}

async function answers(host: Host, config: Config, cluster: string): Promise<boolean> {
  const contexts = new Map([[cluster, newContext({ cluster })]]);
  const alone: Config = { ...config, contexts, authInfos: new Map(), currentContext: cluster };
  try {
    const connection = connect(host, await newDefaultClientConfig(host, alone, undefined).clientConfig());
    try {
      const response = await connection.fetch("/version", { signal: AbortSignal.timeout(TIME_LIMIT) });
      await response.body?.cancel();
      return true;
    } finally {
      await connection.close();
    }
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const message = error instanceof Error ? error.message : String(error);
    return !isLate && (message.includes("proxyconnect") || !NO_ANSWER.test(message));
  }
}
