import type { Host } from "../host/host.ts";

/** The styles of text on a terminal. */
export type Colour =
  | "red"
  | "green"
  | "yellow"
  | "blue"
  | "magenta"
  | "cyan"
  | "bold"
  | "dim"
  | "underline"
  | "reverse";

/** Styles a string; returns it unchanged where there are no colours. */
export type Paint = (text: string, ...colours: readonly Colour[]) => string;

/** The numbers of ECMA-48's "select graphic rendition". */
export const RENDITIONS: Readonly<Record<Colour, number>> = {
  bold: 1,
  dim: 2,
  underline: 4,
  reverse: 7,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};

/**
 * Reports whether output to a stream may have colours: the stream is a terminal, TERM is not `dumb`, and NO_COLOR is
 * unset or empty (https://no-color.org).
 */
export function hasColours({ env }: Pick<Host, "env">, stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && env["TERM"] !== "dumb" && (env["NO_COLOR"] ?? "") === "";
}

/** Makes the Paint for a stream. An empty string stays empty. */
export function painter(
  host: Pick<Host, "env">,
  stream: { readonly isTTY?: boolean; readonly paint: Paint },
): Paint {
  return hasColours(host, stream) ? stream.paint : (text) => text;
}

/** Styles a string, regardless of the stream. It must not have colours inside. */
export function paint(text: string, ...colours: readonly Colour[]): string {
  const renditions = colours.map((colour) => RENDITIONS[colour]).join(";");
  return text === "" || renditions === "" ? text : `\u001b[${renditions}m${text}\u001b[0m`;
}
