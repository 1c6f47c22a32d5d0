import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../src/api/config.ts";
import { mergeConfigs } from "../../src/clientcmd/merge.ts";
import { editConfigText } from "../../src/codec/kubeconfig-edit/edit-config-text.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";
import {
  newNonInteractiveClientConfig,
  newNonInteractiveDeferredLoadingClientConfig,
} from "../../src/library/public-client-configs.ts";
import { defaultLoadingRules, loadConfig } from "../../src/library/public-loading.ts";
import type { Format } from "../kubeconfig.ts";
import { currentContext, FORMATS, generateKubeconfigs } from "../kubeconfig.ts";

/** What an operation works on. */
export interface Input {
  readonly contexts: number;
  readonly format: Format;
  /** An empty folder to write to. */
  readonly folder: string;
}

/** What is called again and again, and how much text it reads or writes. */
export interface Prepared {
  readonly call: () => unknown;
  readonly bytes: number;
}

/** A function of the library. */
export interface Operation {
  readonly name: string;
  /** The formats of its input; one where the input is no text. */
  readonly formats: readonly Format[];
  readonly prepare: (input: Input) => Prepared | Promise<Prepared>;
}

export const LOAD_AND_RESOLVE = "load and resolve";
export const DECODE = "decode";
export const OFFICIAL_DECODE = "decode, official client";

const YAML_ONLY: readonly Format[] = ["yaml"];

export const OPERATIONS: readonly Operation[] = [
  { name: DECODE, formats: FORMATS, prepare: prepareDecode },
  { name: OFFICIAL_DECODE, formats: FORMATS, prepare: prepareOfficialDecode },
  { name: "load a file", formats: FORMATS, prepare: prepareLoad },
  { name: "merge 10 files", formats: YAML_ONLY, prepare: prepareMerge },
  { name: "resolve", formats: YAML_ONLY, prepare: prepareResolve },
  { name: LOAD_AND_RESOLVE, formats: FORMATS, prepare: prepareLoadAndResolve },
  { name: "encode", formats: YAML_ONLY, prepare: prepareEncode },
  { name: "edit the text", formats: FORMATS, prepare: prepareEdit },
];

function prepareDecode(input: Input): Prepared {
  const data = Buffer.from(textOf(input));
  return { call: () => decodeConfig(data), bytes: data.length };
}

async function prepareOfficialDecode(input: Input): Promise<Prepared> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const text = textOf(input);
  return { call: () => new KubeConfig().loadFromString(text), bytes: text.length };
}

function prepareLoad(input: Input): Prepared {
  const rules = defaultLoadingRules({ explicitPath: fileOf(input) });
  return { call: () => loadConfig(rules), bytes: textOf(input).length };
}

function prepareMerge({ contexts, format }: Input): Prepared {
  const texts = generateKubeconfigs(contexts, 10, format);
  const configs = texts.map((text, i) => decodeConfig(text, `${i}.${format}`));
  return { call: () => mergeConfigs(configs), bytes: texts.join("").length };
}

function prepareResolve(input: Input): Prepared {
  const text = textOf(input);
  const config = decodeConfig(text);
  return { call: () => newNonInteractiveClientConfig(config, "").clientConfig(), bytes: text.length };
}

function prepareLoadAndResolve(input: Input): Prepared {
  const rules = defaultLoadingRules({ explicitPath: fileOf(input) });
  return {
    call: () => newNonInteractiveDeferredLoadingClientConfig(rules).clientConfig(),
    bytes: textOf(input).length,
  };
}

function prepareEncode(input: Input): Prepared {
  const config = decodeConfig(textOf(input));
  return { call: () => encodeConfig(config), bytes: encodeConfig(config).length };
}

/** Prepares an edit: the namespace of one context changes, as by `set-context --current --namespace`. */
function prepareEdit(input: Input): Prepared {
  const text = textOf(input);
  const before = decodeConfig(text);
  const after = withNamespace(before, currentContext(input.contexts), "another");
  return { call: () => editConfigText(text, before, after), bytes: text.length };
}

function withNamespace(config: Config, name: string, namespace: string): Config {
  const context = config.contexts.get(name);
  if (context === undefined) {
    throw new Error(`no context ${name}`);
  }
  return { ...config, contexts: new Map(config.contexts).set(name, { ...context, namespace }) };
}

function textOf({ contexts, format }: Input): string {
  return generateKubeconfigs(contexts, 1, format).join("");
}

function fileOf(input: Input): string {
  const file = join(input.folder, "config");
  writeFileSync(file, textOf(input));
  return file;
}
