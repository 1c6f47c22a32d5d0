import { entryMap } from "../api/entry-map.ts";
import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import type { ConfigOverridesFields } from "../api/overrides.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import { newTlsClientConfig, RestConfig } from "../api/rest-config.ts";
import type { ContextSelection } from "../clientcmd/chosen-entries.ts";
import {
  chosenAuthInfo,
  chosenAuthInfoName,
  chosenCluster,
  chosenClusterName,
  chosenContext,
  chosenContextName,
} from "../clientcmd/chosen-entries.ts";
import { confirmChosen } from "../clientcmd/confirm-chosen.ts";
import { parseProxyUrl } from "../clientcmd/proxy-url.ts";
import { hostOfServer, isTransportTls } from "../clientcmd/server-url.ts";
import { parseTimeout } from "../clientcmd/timeout.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig, EffectiveNamespace } from "./client-config.ts";
import type { ConfigAccess } from "./config-access.ts";
import { fileOpenError } from "./file-open-error.ts";
import type { Credentials, Prompter } from "./prompt.ts";
import { promptForCredentials } from "./prompt.ts";
import type { UserIdentification } from "./user-identification.ts";
import { canIdentifyUser, identifyUser, impersonationOf } from "./user-identification.ts";

/** The parts of a {@link DirectClientConfig}. */
export interface DirectClientConfigParts {
  readonly config: Config;
  /** The context to use; `""` for the current one. */
  readonly contextName: string;
  /** Read on use, not before. */
  readonly overrides?: ConfigOverridesFields | undefined;
  /** Prompts for a name and a password where the user entry has no credentials. */
  readonly prompter?: Prompter | undefined;
  readonly access?: ConfigAccess | undefined;
}

/** A client config made from a config. client-go's `DirectClientConfig`. */
export class DirectClientConfig implements ClientConfig {
  readonly #host: Host;
  readonly #parts: DirectClientConfigParts;
  /** The user's answers. */
  #answers: Credentials | undefined;
  #asking: Promise<Credentials> | undefined;

  constructor(host: Host, parts: DirectClientConfigParts) {
    this.#host = host;
    this.#parts = parts;
  }

  rawConfig(): Config {
    return this.#parts.config;
  }

  mergedRawConfig(): Config {
    const choice = this.#choice();
    const { user, cluster } = this.#confirm(choice);
    const { config } = choice;
    const contextName = chosenContextName(choice);
    return {
      ...config,
      authInfos: withEntry(config.authInfos, chosenAuthInfoName(choice).name, user),
      contexts: withEntry(config.contexts, contextName, chosenContext(choice)),
      clusters: withEntry(config.clusters, chosenClusterName(choice).name, cluster),
      currentContext: contextName,
    };
  }

  async clientConfig(): Promise<RestConfig> {
    const choice = this.#choice();
    const { user, cluster } = this.#confirm(choice);
    const { proxyUrl, disableCompression, server } = cluster;
    if (proxyUrl !== "") {
      parseProxyUrl(proxyUrl);
    }
    const { timeout } = choice.overrides;
    const impersonate = impersonationOf(user);
    const config = new RestConfig({
      host: hostOfServer(server),
      proxyUrl,
      disableCompression,
      timeout: timeout === "" ? 0 : parseTimeout(timeout),
      ...(impersonate && { impersonate }),
    });
    // Credentials are never sent to a server without TLS.
    return isTransportTls(config) ? this.#withIdentification(config, user, cluster) : config;
  }

  namespace(): EffectiveNamespace {
    const choice = this.#choice();
    const override = choice.overrides.context.namespace;
    if (override !== "") {
      return { namespace: override, overridden: true };
    }
    this.#confirm(choice);
    return { namespace: chosenContext(choice).namespace || "default", overridden: false };
  }

  configAccess(): ConfigAccess | undefined {
    return this.#parts.access;
  }

  /**
   * Refuses a selection that cannot be used. The same for all functions, so that the error does not depend on which is
   * called first; client-go's `Namespace` hides a missing context behind what follows from it.
   */
  #confirm(choice: ContextSelection): { readonly user: AuthInfo; readonly cluster: Cluster } {
    // Report an override that names a missing entry first: every other error follows from it.
    const user = chosenAuthInfo(choice);
    chosenContext(choice);
    const cluster = chosenCluster(choice);
    confirmChosen(choice, fileOpenError(this.#host));
    return { user, cluster };
  }

  #choice(): ContextSelection {
    const { config, contextName, overrides } = this.#parts;
    // Completed on each use: flags may have changed them, and they may be a plain object.
    return { config, contextName, overrides: new ConfigOverrides(overrides) };
  }

  async #withIdentification(config: RestConfig, user: AuthInfo, cluster: Cluster): Promise<RestConfig> {
    const { tls, ...identification } = await this.#identify(user, cluster);
    return config.with({
      ...identification,
      tls: newTlsClientConfig({
        ...tls,
        caFile: cluster.certificateAuthority,
        caData: cluster.certificateAuthorityData,
        insecure: cluster.insecureSkipTlsVerify,
        serverName: cluster.tlsServerName,
      }),
    });
  }

  async #identify(user: AuthInfo, cluster: Cluster): Promise<UserIdentification> {
    const identification = identifyUser(this.#host, user, cluster);
    const { prompter } = this.#parts;
    return prompter === undefined || canIdentifyUser(identification)
      ? identification
      : { ...identification, ...(await this.#askOnce(prompter, user)) };
  }

  /** Prompts once, unless a part of the answer was empty; concurrent callers wait for the same answer. */
  async #askOnce(prompter: Prompter, user: AuthInfo): Promise<Credentials> {
    if (this.#answers !== undefined && this.#answers.username !== "" && this.#answers.password !== "") {
      return this.#answers;
    }
    this.#asking ??= ask(prompter, user).finally(() => (this.#asking = undefined));
    this.#answers = await this.#asking;
    return this.#answers;
  }
}

/** Prompts for credentials. A password without a user name takes precedence over the typed one, as in client-go. */
async function ask(prompter: Prompter, user: AuthInfo): Promise<Credentials> {
  const { username, password } = await promptForCredentials(prompter);
  return { username, password: user.password || password };
}

function withEntry<T>(entries: ReadonlyMap<string, T>, name: string, entry: T): ReadonlyMap<string, T> {
  return entryMap(entries).set(name, entry);
}
