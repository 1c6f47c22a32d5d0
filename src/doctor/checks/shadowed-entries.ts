import { isDeepStrictEqual } from "node:util";
import type { Config } from "../../api/config.ts";
import { quote, subjectOf } from "../describe.ts";
import type { EntryKind, ExaminedFile, ExaminationInput } from "../examination-input.ts";
import { findingAt } from "../examination-input.ts";
import type { Finding } from "../finding.ts";
import { entryPlace } from "../places.ts";

/** Finds entries of later files that have no effect, because an earlier one has the name. */
export function* checkShadowing(facts: ExaminationInput): Generator<Finding> {
  for (const [kind, entriesOf] of KINDS) {
    const firsts = new Map<string, { readonly entry: unknown; readonly owner: ExaminedFile }>();
    for (const owner of facts.files) {
      for (const [name, entry] of owner.config === undefined ? [] : entriesOf(owner.config)) {
        const first = firsts.get(name);
        if (first === undefined) {
          firsts.set(name, { entry, owner });
        } else if (facts.isInScope(kind, name)) {
          const isSame = isDeepStrictEqual(
            { ...(entry as object), locationOfOrigin: "" },
            { ...(first.entry as object), locationOfOrigin: "" },
          );
          yield shadowed(kind, name, owner, first.owner, isSame);
        }
      }
    }
  }
  if (!facts.isOneContext) {
    yield* checkCurrentContext(facts);
  }
}

const KINDS: readonly (readonly [EntryKind, (config: Config) => ReadonlyMap<string, unknown>])[] = [
  ["cluster", ({ clusters }) => clusters],
  ["user", ({ authInfos }) => authInfos],
  ["context", ({ contexts }) => contexts],
];

function shadowed(
  kind: EntryKind,
  name: string,
  owner: ExaminedFile,
  first: ExaminedFile,
  isSame: boolean,
): Finding {
  const line = entryPlace(first, kind, name).position?.line;
  const where = `${first.file}${line === undefined ? "" : `:${line}`}`;
  return findingAt(isSame ? "repeated-entry" : "shadowed-entry", entryPlace(owner, kind, name), {
    subject: subjectOf(kind, name),
    message: isSame
      ? `The same stands in ${where}.`
      : `It has no effect: ${where} defines the name first, and differently.`,
  });
}

function* checkCurrentContext({ files }: ExaminationInput): Generator<Finding> {
  const first = files.find(({ config }) => (config?.currentContext ?? "") !== "");
  for (const { file, config, root } of files) {
    const name = config?.currentContext ?? "";
    if (first !== undefined && file !== first.file && name !== "" && name !== first.config?.currentContext) {
      yield findingAt(
        "shadowed-current-context",
        { file, position: root?.fields.get("current-context")?.position },
        {
          message: `current-context ${quote(name)} has no effect: ${first.file} sets ${quote(first.config?.currentContext ?? "")}.`,
        },
      );
    }
  }
}
