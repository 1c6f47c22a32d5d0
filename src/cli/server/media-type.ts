const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const PARAMETER = new RegExp(
  `^\\s*;\\s*(?<key>${TOKEN}+)\\s*=\\s*(?:(?<token>${TOKEN}+)|"(?<quoted>(?:[^"\\\\\\r\\n]|\\\\[^\\r\\n])*)")`,
  "su",
);

/** An invalid `Content-Type`. The message is Go's. */
export class MediaTypeError extends Error {
  override readonly name = "MediaTypeError";
}

/**
 * Parses the media type of a `Content-Type`, in lower case and without its parameters, which must be valid too. Go's
 * `mime.ParseMediaType`.
 *
 * @throws MediaTypeError in Go's words
 */
export function parseMediaType(text: string): string {
  const base = text.split(";", 1)[0] ?? "";
  const type = base.trim().toLowerCase();
  checkType(type);
  const seen = new Map<string, string>();
  let rest = text.slice(base.length);
  while (rest.trim() !== "" && rest.trim() !== ";") {
    const found = PARAMETER.exec(rest);
    const { key = "", token, quoted = "" } = found?.groups ?? {};
    const value = token ?? quoted.replaceAll(/\\(.)/gsu, "$1");
    if (found === null) {
      throw new MediaTypeError("mime: invalid media parameter");
    }
    if ((seen.get(key.toLowerCase()) ?? value) !== value) {
      throw new MediaTypeError("mime: duplicate parameter name");
    }
    seen.set(key.toLowerCase(), value);
    rest = rest.slice(found[0].length);
  }
  return type;
}

function checkType(text: string): void {
  const [, type = "", slash = "", subtype = "", rest = ""] =
    new RegExp(`^(${TOKEN}*)(/?)(${TOKEN}*)(.*)$`, "su").exec(text) ?? [];
  if (type === "") {
    throw new MediaTypeError("mime: no media type");
  }
  if (slash === "") {
    if (subtype !== "" || rest !== "") {
      throw new MediaTypeError("mime: expected slash after first token");
    }
  } else if (subtype === "") {
    throw new MediaTypeError("mime: expected token after slash");
  } else if (rest !== "") {
    throw new MediaTypeError("mime: unexpected content after media subtype");
  }
}
