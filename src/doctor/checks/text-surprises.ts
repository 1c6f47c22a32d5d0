import type { Position } from "../../api/position.ts";
import { quote, shorten, subjectOf } from "../describe.ts";
import type { ExaminedFile, ExaminationInput } from "../examination-input.ts";
import { findingAt } from "../examination-input.ts";
import type { Details, Finding } from "../finding.ts";
import type { FindingCode } from "../codes.ts";
import { RawText } from "../raw-text.ts";
import { repeatedFields } from "../repeated-fields.ts";
import { suggestField } from "../suggest-field.ts";
import { isRenamable } from "../renames.ts";
import { surpriseInKey, surpriseInScalar } from "../surprises.ts";
import { surprisesAnywhere } from "../surprises-anywhere.ts";
import { walkConfig } from "../walk-config.ts";
import type { IsPlain, Visit } from "../walk-config.ts";

/** Further misspelt fields of one file are reported without a suggestion, which takes time. */
const MOST_SUGGESTIONS = 2000;

/**
 * Finds values that kubectl reads differently from what they look like: unknown and repeated fields, and the surprises
 * of YAML 1.1.
 */
export function* checkText(facts: ExaminationInput): Generator<Finding> {
  for (const file of facts.files) {
    if (file.data === undefined || file.tree === undefined || file.root === undefined) {
      continue;
    }
    // Not even --context helps where a file is refused.
    const isWhole = facts.isFileInScope(file.file) || file.state === "invalid";
    const raw = new RawText(file.data);
    let left = MOST_SUGGESTIONS;
    const suggest: typeof suggestField = (name, fields) => {
      left--;
      return left < 0 ? undefined : suggestField(name, fields);
    };
    for (const visit of walkConfig(file.root, isPlain)) {
      const { owner } = visit;
      const isToTell =
        owner === undefined ? isWhole : facts.isWrittenInScope(file.file, owner.kind, owner.name);
      if (isToTell) {
        yield* checkField(file, visit, raw, suggest);
      }
    }
    if (!facts.isFileInScope(file.file)) {
      continue;
    }
    for (const { position, ...details } of surprisesAnywhere(file.root, file.data, raw)) {
      yield findingAt("yaml-surprise", { file: file.file, position }, details);
    }
    const second = raw.secondDocument(file.root.position);
    if (second !== undefined) {
      yield findingAt(
        "ignored-document",
        { file: file.file, position: second },
        { message: "What follows is another YAML document, which has no effect." },
      );
    }
    for (const { name, position, first } of repeatedFields(file.tree)) {
      yield findingAt(
        "repeated-field",
        { file: file.file, position },
        {
          message: `${quote(name)} stands at line ${first.line} already, where it has no effect.`,
        },
      );
    }
  }
}

/** Reports whether nothing is to be said of a scalar. */
const isPlain: IsPlain = (shape, node) => surpriseInScalar(shape, node) === undefined;

function* checkField(
  file: ExaminedFile,
  visit: Visit,
  raw: RawText,
  suggest: typeof suggestField,
): Generator<Finding> {
  const { owner, node } = visit;
  const at = (code: FindingCode, position: Position, details: Details): Finding =>
    findingAt(
      code,
      { file: file.file, position },
      { ...(owner && { subject: subjectOf(owner.kind, owner.name) }), ...details },
    );
  const keyPosition = node.keyPosition ?? node.position;
  switch (visit.what) {
    case "unknown":
      if (!isTypeMeta(visit)) {
        yield at("unknown-field", keyPosition, describeUnknown(visit, raw, suggest));
      }
      return;
    case "duplicate":
      yield at("duplicate-name", node.position, {
        message: `${quote(visit.name)} stands in this list already, at line ${visit.first.position.line}.`,
      });
      return;
    case "unnamed":
      yield at("unnamed-entry", node.position, describeUnnamed(visit));
      return;
    case "key": {
      const surprise = surpriseInKey(node.oddKey, visit.name);
      if (surprise !== undefined) {
        yield at("yaml-surprise", keyPosition, { message: surprise });
      }
      return;
    }
    default: {
      const surprise = surpriseInScalar(visit.shape, node);
      if (surprise !== undefined) {
        const { code, ...details } = surprise;
        yield at(code, node.position, details);
      }
    }
  }
}

function describeUnnamed({ kind, node }: Visit & { readonly what: "unnamed" }): Details {
  const entry = node.fields.get(kind);
  const inside = entry?.fields.get("name")?.value;
  return {
    subject: `a ${kind}`,
    message: `It has no name, so ${kind === "context" ? "nothing can choose it" : "no context can name it"}.`,
    hint:
      typeof inside === "string"
        ? `Move name: ${quote(inside)} out of ${kind}, to the same level as ${kind} itself.`
        : `Write name: NAME beside ${kind}, on the same level.`,
  };
}

/** Reports whether a field is one of the two that are found whatever their case. */
function isTypeMeta({ name, path }: Visit & { readonly name: string }): boolean {
  return path.length === 1 && /^(?:apiversion|[kK\u212A]ind)$/i.test(name);
}

function describeUnknown(
  visit: Visit & { readonly what: "unknown" },
  raw: RawText,
  suggest: typeof suggestField,
): Details {
  const { name, struct, around, node } = visit;
  const written = (node.keyPosition && raw.plainKeyAt(node.keyPosition)) ?? name;
  const suggestion = suggest(name, struct.fields.keys());
  const shown = quote(shorten(written, 80));
  if (suggestion === undefined) {
    return { message: `${shown} is no field that kubectl knows here, so it has no effect.` };
  }
  const { field } = suggestion;
  const isTaken = around.fields.has(field);
  return {
    message: `${shown} is no field that kubectl knows here, so it has no effect. Did you mean ${quote(field)}?`,
    hint: isTaken ? `Remove it: ${field} is there too.` : `Write ${field}, or remove the field.`,
    fix: isRenamable(visit, suggestion) ? { kind: "rename", from: name, to: field } : undefined,
  };
}
