import { AuthInfo } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import type { Config, Context } from "../../../src/api/config.ts";
import { newContext } from "../../../src/api/config.ts";
import { editConfigText } from "../../../src/codec/kubeconfig-edit/edit-config-text.ts";
import { decodeConfig } from "../../../src/codec/kubeconfig/decode-config.ts";

/** What is to become of a Config. */
export type Edit = (config: Config) => Config;

/** The text after an edit. */
export function edit(text: string, ...edits: readonly Edit[]): string {
  const before = decodeConfig(text);
  return editConfigText(
    text,
    before,
    edits.reduce((config, change) => change(config), before),
  );
}

export function use(currentContext: string): Edit {
  return (config) => ({ ...config, currentContext });
}

export function setCluster(name: string, fields: Partial<Cluster>): Edit {
  return (config) => ({
    ...config,
    clusters: new Map(config.clusters).set(name, (config.clusters.get(name) ?? new Cluster()).with(fields)),
  });
}

export function setUser(name: string, fields: Partial<AuthInfo>): Edit {
  return (config) => ({
    ...config,
    authInfos: new Map(config.authInfos).set(
      name,
      (config.authInfos.get(name) ?? new AuthInfo()).with(fields),
    ),
  });
}

export function setContext(name: string, fields: Partial<Context>): Edit {
  return (config) => ({
    ...config,
    contexts: new Map(config.contexts).set(name, {
      ...(config.contexts.get(name) ?? newContext()),
      ...fields,
    }),
  });
}

export function renameContext(from: string, to: string): Edit {
  return (config) => ({
    ...config,
    contexts: new Map([...config.contexts].map(([name, context]) => [name === from ? to : name, context])),
  });
}

export function deleteContexts(...names: readonly string[]): Edit {
  return (config) => ({ ...config, contexts: without(config.contexts, names) });
}

export function deleteUsers(...names: readonly string[]): Edit {
  return (config) => ({ ...config, authInfos: without(config.authInfos, names) });
}

function without<T>(entries: ReadonlyMap<string, T>, names: readonly string[]): ReadonlyMap<string, T> {
  return new Map([...entries].filter(([name]) => !names.includes(name)));
}
