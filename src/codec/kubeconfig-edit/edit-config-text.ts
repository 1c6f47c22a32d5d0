import type { AuthInfo } from "../../api/auth-info.ts";
import type { Config } from "../../api/config.ts";
import { defaultInteractiveMode } from "../../api/exec-versions.ts";
import { ConfigParseError } from "../../errors.ts";
import { decodeConfig } from "../kubeconfig/decode-config.ts";
import { encodeNewConfig } from "../kubeconfig/written-config.ts";
import { DecodeError } from "../json/decode-json.ts";
import { editYaml } from "../../yaml/edit/edit-yaml.ts";
import type { EditedText } from "../../yaml/edit/patches.ts";
import { Refusal } from "../../yaml/edit/refusal.ts";
import { hasAliases } from "../../yaml/edit/same-nodes.ts";
import { decodeInput } from "../../yaml/input.ts";
import { parseDocument } from "../../yaml/parser.ts";
import { YamlError } from "../../yaml/yaml-error.ts";
import { addDocument } from "../../yaml/edit/add-document.ts";
import { decodeEdited } from "./decode-edited.ts";
import type { Document } from "./decode-edited.ts";
import { planConfig } from "./plan-config.ts";
import { isSameConfig } from "./same-config.ts";

/** Options of {@link editConfigText}. */
export interface EditConfigOptions {
  /** The file, which errors name. */
  readonly file?: string | undefined;
}

/**
 * Edits a kubeconfig's text so that it decodes to another Config, and touches only what changed.
 *
 * Everything outside of the changed entries and fields stays byte for byte: comments, the order of keys, quotes,
 * unknown fields, line ends, further documents. An entry whose name changes and whose content does not is renamed in
 * place; new ones come last in their list, written as kubectl would write them, but without nulls, in the style of the
 * document (JSON stays JSON). A list that loses its last entry becomes `[]`. {@link editYaml} documents which comments are deleted
 * with an entry. A part that cannot be edited in place is rewritten, with as little around it as possible. An empty
 * text becomes a new file; one that holds only comments keeps them.
 *
 * The result is read back before it is returned.
 *
 * @param before - the result of `decodeConfig(text)`
 * @param after - what the result must decode to; unchanged entries should be the same objects. A plugin without an
 *   interactive mode gets the default of its version, since that is how it will be read
 * @throws ConfigParseError if the text cannot be edited with certainty
 */
export function editConfigText(
  text: string,
  before: Config,
  after: Config,
  options: EditConfigOptions = {},
): string {
  if (text === "") {
    return encodeNewConfig(after);
  }
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  try {
    const result = editBody(text.slice(mark.length), before, withInteractiveModes(after));
    if (result !== undefined) {
      return mark + result;
    }
  } catch (error) {
    // A document that is nested too deeply for the stack cannot be edited either.
    if (!(error instanceof RangeError)) {
      throw error;
    }
  }
  const { file } = options;
  throw new ConfigParseError("cannot be edited with certainty; nothing was changed", { file });
}

/** Edits a string without its byte order mark. Returns undefined if that cannot be done with certainty. */
function editBody(text: string, before: Config, after: Config): string | undefined {
  const tree = parseDocument(decodeInput(text));
  if (tree === undefined || tree.isScalar(0)) {
    const result = isSameConfig(before, after) ? text : addDocument(text, tree, encodeNewConfig(after));
    return decodesTo(result, after) ? result : undefined;
  }
  const change = planConfig(tree, before, after);
  if (change === undefined) {
    return text;
  }
  if (!text.startsWith(tree.text)) {
    return undefined;
  }
  const rest = text.slice(tree.text.length);
  for (const depth of DEPTHS) {
    const edited = editYaml(tree, change, { depth });
    if (edited === undefined) {
      continue;
    }
    const result = edited.text + rest;
    // The decoder checks what follows the readable part of a string.
    const isRight = rest === "" ? readsAs({ tree, config: before }, edited, after) : decodesTo(result, after);
    if (isRight) {
      return result;
    }
  }
  return undefined;
}

const BYTE_ORDER_MARK = "\ufeff";

/** How many levels are edited in place: all, those down to the entries, the sections, none. */
const DEPTHS = [Infinity, 2, 1, 0];

/** Reports whether an edited text decodes to a Config. Decodes only what may have changed, where that is known. */
function readsAs(old: Document, edited: EditedText, wanted: Config): boolean {
  if (hasAliases(old.tree)) {
    return decodesTo(edited.text, wanted);
  }
  try {
    const tree = parseDocument(decodeInput(edited.text));
    if (tree === undefined || tree.isScalar(0) || hasAliases(tree)) {
      return false;
    }
    const config = decodeEdited(old, tree, edited);
    return config !== undefined && isSameConfig(config, wanted);
  } catch (error) {
    if (error instanceof YamlError || error instanceof DecodeError || error instanceof Refusal) {
      return false;
    }
    throw error;
  }
}

function decodesTo(text: string, wanted: Config): boolean {
  try {
    return isSameConfig(decodeConfig(text), wanted);
  } catch (error) {
    if (error instanceof ConfigParseError) {
      return false;
    }
    throw error;
  }
}

/**
 * Returns a Config as it reads once it is written: plugins without an interactive mode have the default of their
 * version.
 */
export function withInteractiveModes(config: Config): Config {
  const changed = new Map<string, AuthInfo>();
  for (const [name, user] of config.authInfos) {
    const { exec } = user;
    if (exec === undefined || exec.interactiveMode !== "") {
      continue;
    }
    const interactiveMode = defaultInteractiveMode(exec.apiVersion);
    if (interactiveMode !== "") {
      changed.set(name, user.with({ exec: exec.with({ interactiveMode }) }));
    }
  }
  return changed.size === 0
    ? config
    : {
        ...config,
        authInfos: new Map([...config.authInfos].map(([name, user]) => [name, changed.get(name) ?? user])),
      };
}
