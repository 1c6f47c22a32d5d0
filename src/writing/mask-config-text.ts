import { REDACTED, redactUrlPassword } from "../api/redaction.ts";
import { Refusal } from "../yaml/edit/refusal.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import { decodeInput } from "../yaml/input.ts";
import { parseDocument } from "../yaml/parser.ts";
import { YamlError } from "../yaml/yaml-error.ts";
import { redactLine, isSuspect } from "./redact-line.ts";
import type { SecretMasker } from "./secret-masker.ts";
import { scalarsIn } from "./scalars-in.ts";
import type { ScalarSpan } from "./scalars-in.ts";
import type { SecretIndex } from "./secret-index.ts";
import { FIELD_VISIBILITY } from "./field-visibility.ts";

/** Replaces certificates: what `kubectl config view` prints. */
const OMITTED = "DATA+OMITTED";

/**
 * Masks each value of a kubeconfig's text that may be secret. The parsed document decides what is secret; of unreadable
 * parts, such as a second document, only harmless lines are shown.
 *
 * @param secrets - strings that no comment may show
 */
export function maskConfigText(text: string, masker: SecretMasker, secrets: SecretIndex): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  const document = readScalars(body);
  if (document === undefined) {
    return mark + hideLines(body, masker);
  }
  const { tree, scalars } = document;
  const parts: string[] = [mark];
  let at = 0;
  for (const scalar of scalars) {
    parts.push(maskGap(body.slice(at, scalar.start), masker, secrets), maskScalar(tree, scalar, masker));
    at = scalar.end;
  }
  const rest = body.slice(at);
  const next = NEXT_DOCUMENT.exec(rest)?.index ?? rest.length;
  parts.push(maskGap(rest.slice(0, next), masker, secrets), hideLines(rest.slice(next), masker));
  return parts.join("");
}

const BYTE_ORDER_MARK = "\ufeff";

const NEXT_DOCUMENT = /^(?:---|\.\.\.)(?=\s|$)/m;

/** Returns the document with its scalars; undefined if it cannot be read. */
function readScalars(
  text: string,
): { readonly tree: NodeTree; readonly scalars: readonly ScalarSpan[] } | undefined {
  try {
    const tree = parseDocument(decodeInput(text));
    if (tree === undefined || !text.startsWith(tree.text)) {
      return undefined;
    }
    const scalars = scalarsIn(tree, FIELD_VISIBILITY);
    const isInOrder = scalars.every(
      ({ start, end }, i) => start >= (scalars[i - 1]?.end ?? 0) && end >= start,
    );
    return isInOrder ? { tree, scalars } : undefined;
  } catch (error) {
    if (error instanceof YamlError || error instanceof Refusal || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** Masks the text between scalars: indicators, white space and comments. */
function maskGap(gap: string, masker: SecretMasker, secrets: SecretIndex): string {
  return gap.replaceAll(/#[^\r\n]*/g, (comment) => {
    if (!isSuspect(comment, secrets)) {
      return comment;
    }
    const [head = "#"] = /^#+\s*/.exec(comment) ?? [];
    return head + masker.mask(REDACTED, comment);
  });
}

function maskScalar(
  tree: NodeTree,
  { node, start, end, visibility }: ScalarSpan,
  masker: SecretMasker,
): string {
  const raw = tree.text.slice(start, end);
  const value = tree.isScalar(node) ? tree.scalarText(node) : raw;
  if (visibility === "shown" || value === "" || NULL.test(raw)) {
    return raw;
  }
  const [quote = ""] = /^["']/.exec(raw) ?? [];
  const hidden = (label: string): string => `${quote}${masker.mask(label, value)}${quote}`;
  if (visibility !== "url") {
    return hidden(visibility === "omitted" ? OMITTED : REDACTED);
  }
  const redacted = redactUrlPassword(value);
  if (redacted === value) {
    return raw;
  }
  // In the value, the word is where the user and the password were.
  const from = redacted.indexOf(`${REDACTED}@`);
  const rest = redacted.slice(from + REDACTED.length);
  const user = value.slice(from, value.length - rest.length);
  return raw === `${quote}${value}${quote}`
    ? `${quote}${value.slice(0, from)}${masker.mask(REDACTED, user)}${rest}${quote}`
    : hidden(REDACTED);
}

const NULL = /^(?:null|Null|NULL|~)$/;

function hideLines(text: string, masker: SecretMasker): string {
  return text.replaceAll(/[^\r\n]+/g, (line) => {
    const { shown, hidden } = redactLine(line);
    return hidden === "" ? shown : shown + masker.mask(REDACTED, hidden);
  });
}
