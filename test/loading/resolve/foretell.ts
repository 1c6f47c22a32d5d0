import { join, posix, resolve } from "node:path";
import { Command } from "commander";
import { ConfigOverrides } from "../../../src/api/overrides.ts";
import type { RestConfig } from "../../../src/api/rest-config.ts";
import { bindOverrideFlags } from "../../../src/cobra/bind-override-flags.ts";
import { textOfBytes } from "../../../src/go/url-escape.ts";
import type { GoUrl } from "../../../src/go/url.ts";
import { recommendedConfigOverrideFlags } from "../../../src/clientcmd/override-flags.ts";
import { serverUrl } from "../../../src/clientcmd/server-url.ts";
import { ConnectionError } from "../../../src/errors.ts";
import type { Host, HostFileSystem } from "../../../src/host/host.ts";
import { nodeHost } from "../../../src/host/node-host.ts";
import {
  clusterDefaults,
  defaultClientConfig,
  deferredClientConfig,
} from "../../../src/loading/client-configs.ts";
import { defaultLoadingRules } from "../../../src/loading/loading-rules.ts";
import { terminalPrompter } from "../../../src/loading/terminal-prompter.ts";
import { formatGoDuration } from "../../../src/go/duration.ts";
import { kubectlWords } from "./kubectl-words.ts";
import type { Outcome, Places, ResolveCase, SeenRequest } from "./world.ts";
import { blank, environment, fill } from "./world.ts";
import { KUBECONFIG_LIMIT } from "../../../src/loading/size-limits.ts";

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

/**
 * Tells what kubectl would do, by what the client config resolves to and the few rules of what is sent then.
 *
 * @param files - in which the world is
 */
export async function foretell(wanted: ResolveCase, places: Places, files: HostFileSystem): Promise<Outcome> {
  let asked = false;
  const host = hostOf(wanted, places, files);
  const { explicitPath, overrides } = readFlags(wanted, places, host);
  const rules = defaultLoadingRules(host, { explicitPath, defaultClientConfig: defaultClientConfig(host) });
  const prompter = terminalPrompter(host, () => (asked = true));
  const client = deferredClientConfig(host, rules, { overrides, prompter });
  try {
    const namespace = wanted.ask === "token" ? client.namespace().namespace : "";
    const config = await client.clientConfig();
    return { ...send(host, config, wanted.ask === "path" ? "/x" : tokenPath(namespace), places), asked };
  } catch (error) {
    return { exitCode: 1, stderr: blank(kubectlWords(error), places), asked, request: null };
  }
}

/**
 * Returns what the outcome of kubectl is to be compared with. The one wanted difference: kubectl asks for the namespace
 * first, which hides that a flag names a missing entry behind what follows from it; kcfg's error does not depend on the
 * order of calls.
 */
export function inAnyOrder(kubectl: Outcome, ours: Outcome): Outcome {
  const missing = /^error: (?:context|cluster|auth info) ".*" does not exist\n$/.test(ours.stderr);
  const hidden =
    /^Error in configuration: |^error: no server found for cluster /.test(kubectl.stderr) &&
    kubectl.exitCode === ours.exitCode;
  return missing && hidden ? { ...kubectl, stderr: ours.stderr } : kubectl;
}

function tokenPath(namespace: string): string {
  return `/api/v1/namespaces/${namespace}/serviceaccounts/sa/token`;
}

function hostOf(wanted: ResolveCase, places: Places, files: HostFileSystem): Host {
  const stdin = [...Buffer.from(wanted.stdin ?? "")];
  const locate = (path: string): string =>
    path.startsWith(SERVICE_ACCOUNT)
      ? join(places.root, "sa", path.slice(SERVICE_ACCOUNT.length))
      : resolve(places.root, path);
  const fs: HostFileSystem = {
    ...files,
    readFile: (path, limit) => files.readFile(locate(path), limit),
    open: (path, options) => files.open(locate(path), options),
    stat: (path) => files.stat(locate(path)),
  };
  return {
    ...nodeHost,
    fs,
    env: environment(wanted, places),
    cwd: () => places.root,
    terminal: {
      ...nodeHost.terminal,
      isTerminal: () => false,
      write: () => undefined,
      readByte: () => Promise.resolve(stdin.shift()),
      readHiddenLine: () => Promise.reject(new Error("no terminal")),
    },
  };
}

function readFlags(
  wanted: ResolveCase,
  places: Places,
  host: Host,
): { readonly explicitPath: string; readonly overrides: ConfigOverrides } {
  const overrides = new ConfigOverrides();
  let explicitPath = "";
  const command = new Command()
    .exitOverride()
    .option("--kubeconfig <file>", "", (value) => (explicitPath = value));
  bindOverrideFlags(command, overrides, recommendedConfigOverrideFlags(""));
  command.parse(
    wanted.flags.map((flag) => fill(flag, places)),
    { from: "user" },
  );
  overrides.clusterDefaults = clusterDefaults(host);
  return { explicitPath, overrides };
}

/** What becomes of a request: the rules of client-go's transports, as far as the cases go. */
function send(host: Host, config: RestConfig, path: string, places: Places): Omit<Outcome, "asked"> {
  const fault = transportFault(host, config);
  if (fault !== undefined) {
    return { exitCode: 1, stderr: blank(fault, places), request: null };
  }
  let url: GoUrl;
  try {
    url = serverUrl(config);
  } catch (error) {
    const text = error instanceof ConnectionError ? error.message : String(error);
    const isConnecting = error instanceof ConnectionError && error.server !== undefined;
    return {
      exitCode: 1,
      stderr: blank(`${isConnecting ? "Unable to connect to the server" : "error"}: ${text}\n`, places),
      request: null,
    };
  }
  const address = textOfBytes(url.host);
  if (config.proxyUrl !== "" && config.proxyUrl.includes(places.proxy)) {
    const target =
      url.scheme === "https" ? address : `${url.scheme}://${address}${posix.join(url.path, path)}`;
    return { exitCode: 1, stderr: "", request: { ...nothing, server: "proxy", path: blank(target, places) } };
  }
  if (config.proxyUrl !== "") {
    return { exitCode: 1, stderr: "refused", request: null };
  }
  const refused = { exitCode: 1, stderr: "refused", request: null };
  if (address === places.http && url.scheme === "https") {
    return { exitCode: 1, stderr: "http server gave HTTP response to HTTPS client", request: null };
  }
  if (address === places.https && url.scheme === "https" && !trusts(host, config)) {
    return { exitCode: 1, stderr: "x509", request: null };
  }
  if (address !== places.http && address !== places.https) {
    return refused;
  }
  return {
    exitCode: 0,
    stderr: "",
    request: {
      server: url.scheme === "https" ? "https" : "http",
      path: posix.join(textOfBytes(url.path) || "/", path),
      authorization: authorization(host, config, url),
      impersonation: impersonation(config),
      // A transport without TLS and proxy is the default one of Go, whatever was asked for.
      compression: !config.disableCompression || url.scheme === "http",
      timeout: config.timeout === 0 ? "" : formatGoDuration(config.timeout),
      serverName: config.tls.serverName,
      certificate: hasCertificate(config),
    },
  };
}

const nothing: Omit<SeenRequest, "server" | "path"> = {
  authorization: "",
  impersonation: [],
  compression: false,
  timeout: "",
  serverName: "",
  certificate: false,
};

function transportFault(host: Host, config: RestConfig): string | undefined {
  const { tls, username, bearerToken, bearerTokenFile, authProvider } = config;
  if (authProvider !== undefined) {
    return `error: no Auth Provider found for name "${authProvider.name}"\n`;
  }
  if (isDirectory(host, tls.caFile)) {
    return `error: read ${tls.caFile}: is a directory\n`;
  }
  if (tls.insecure && (tls.caFile !== "" || tls.caData !== undefined)) {
    return "error: specifying a root certificates file with the insecure flag is not allowed\n";
  }
  if (username !== "" && (bearerToken !== "" || bearerTokenFile !== "")) {
    return "error: username/password or bearer token may be set, but not both\n";
  }
  if (tokenIn(host, bearerTokenFile) === "") {
    return `error: read empty token from file "${bearerTokenFile}"\n`;
  }
  return undefined;
}

function isDirectory({ fs }: Host, file: string): boolean {
  try {
    return file !== "" && fs.stat(file).isDirectory;
  } catch {
    return false;
  }
}

function trusts(host: Host, { tls }: RestConfig): boolean {
  if (tls.insecure) {
    return true;
  }
  const ca =
    tls.caData ?? (tls.caFile === "" ? new Uint8Array() : host.fs.readFile(tls.caFile, KUBECONFIG_LIMIT));
  const good = host.fs.readFile("ca.crt", KUBECONFIG_LIMIT);
  return Buffer.compare(ca, good) === 0 && ["", "localhost", "example.test"].includes(tls.serverName);
}

function authorization(host: Host, config: RestConfig, { user }: GoUrl): string {
  const { bearerTokenFile, bearerToken, username, password, execProvider } = config;
  if (user !== undefined) {
    return basic(user.name, user.password ?? "");
  }
  // A kubeconfig has no functions.
  const token = tokenIn(host, bearerTokenFile) ?? (typeof bearerToken === "string" ? bearerToken : "");
  if (token !== "") {
    return `Bearer ${token}`;
  }
  if (username !== "") {
    return basic(username, password);
  }
  // A client certificate goes before a plugin.
  return execProvider === undefined || hasCertificate(config) ? "" : "Bearer of-plugin";
}

function hasCertificate({ tls }: RestConfig): boolean {
  return tls.certFile !== "" || tls.certData !== undefined;
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function tokenIn(host: Host, file: string): string | undefined {
  try {
    return file === "" ? undefined : Buffer.from(host.fs.readFile(file, KUBECONFIG_LIMIT)).toString().trim();
  } catch {
    return undefined;
  }
}

function impersonation({ impersonate }: RestConfig): readonly string[] {
  const { userName, uid, groups, extra } = impersonate;
  const lines = [
    ...(userName === "" ? [] : [`impersonate-user: ${userName}`]),
    ...(uid === "" ? [] : [`impersonate-uid: ${uid}`]),
    ...(groups.length === 0 ? [] : [`impersonate-group: ${groups.join(", ")}`]),
    ...Array.from(extra, ([key, values]) => `impersonate-extra-${key}: ${values.join(", ")}`),
  ];
  return lines.toSorted();
}
