import { visible, visibleJson, visibleLine, visibleMessage } from "../go/visible.ts";
import type { Paint } from "./colour.ts";
import { paint } from "./colour.ts";
import type { ErrorDoor, IOStreams, ResultDoor } from "./io-streams.ts";
import { reportError } from "./report-error.ts";
import type { StandardStream, StandardStreams } from "./standard-streams.ts";

// Without line wrapping: a terminal that takes a character for wider than it was counted cuts the line.
const ENTER_SCREEN = "\u001b[?1049h\u001b[?7l";
const LEAVE_SCREEN = "\u001b[?7h\u001b[?1049l";
const HOME = "\u001b[H";
const CLEAR_LINE = "\u001b[K";
const CLEAR_BELOW = "\u001b[J";

/** klog's and client-go's colours of a warning. */
const PAINTED_WARNING = "\u001b[33;1mWarning:\u001b[0m";

/**
 * Makes the doors to the streams of the process.
 *
 * @param isOfKubectl - whether kubectl has the command too, so that errors must equal its own
 */
export function openStreams(
  { out, err }: StandardStreams,
  isOfKubectl: () => boolean = () => false,
): IOStreams {
  return { out: resultDoor(out), err: errorDoor(err, isOfKubectl) };
}

/** Doors that discard everything. */
export const NOWHERE: IOStreams = openStreams({
  out: { write: () => undefined },
  err: { write: () => undefined },
});

function resultDoor(stream: StandardStream): ResultDoor {
  const isTTY = stream.isTTY === true;
  const decoder = new TextDecoder("utf8", { ignoreBOM: true });
  const onTerminal = (content: string | Uint8Array): string =>
    typeof content === "string"
      ? visible(decoder.decode() + content)
      : visible(decoder.decode(content, { stream: true }));
  return {
    ...door(stream),
    data: (content) => void stream.write(isTTY ? onTerminal(content) : content),
    name: (text) => (isTTY ? visibleLine(text) : text),
    json: (text) => void stream.write(visibleJson(text)),
    // YAML has all of Go's escapes, and JSON few of them.
    yaml: (text, json) => void stream.write(visible(text) === text ? text : visible(`${json()}\n`)),
    drained: async () => (await stream.drained?.()) ?? true,
  };
}

function errorDoor(stream: StandardStream, isOfKubectl: () => boolean): ErrorDoor {
  const { painted, forget, ...all } = painting(stream);
  return {
    ...all,
    fail: (error) => void stream.write(reportError(error, { asKubectl: !all.isTTY && isOfKubectl() })),
    warning: (text, isPainted) =>
      void stream.write(`${isPainted ? PAINTED_WARNING : "Warning:"} ${visibleLine(text)}\n`),
    status: (line) =>
      void (all.isTTY && stream.write(`\r${visibleLine(line)}${CLEAR_LINE}${line === "" ? "" : "\r"}`)),
    enterScreen: () => void stream.write(ENTER_SCREEN),
    leaveScreen: () => void stream.write(LEAVE_SCREEN),
    drawScreen: (lines, column) => {
      // A line is cleared before it is written: behind its last column, the last character would go too.
      const clear = (index: number): string => (index === lines.length - 1 ? CLEAR_BELOW : CLEAR_LINE);
      const text = lines.map((line, index) => `${clear(index)}${painted(line)}`).join("\r\n");
      stream.write(`${HOME}${text}${HOME}\u001b[${column + 1}G`);
      forget();
    },
  };
}

function door(stream: StandardStream) {
  const { painted: _, forget: __, ...all } = painting(stream);
  return all;
}

/** Possibly a string styled by {@link paint}; {@link painting} knows those that were. */
// eslint-disable-next-line no-control-regex -- it is what colours are made of
const MAYBE_PAINTED = /(\u001b\[[\d;]+m[^\u001b]*\u001b\[0m)/;

/** Makes the Paint of one stream, and keeps only the colours that it added itself. */
function painting(stream: StandardStream) {
  const issued = new Set<string>();
  const ownPaint: Paint = (text, ...colours) => {
    const result = paint(visible(text), ...colours);
    issued.add(result);
    return result;
  };
  const painted = (text: string): string =>
    issued.size === 0
      ? visible(text)
      : text
          .split(MAYBE_PAINTED)
          .map((part) => (issued.has(part) && part.startsWith("\u001b") ? part : visible(part)))
          .join("");
  return {
    isTTY: stream.isTTY === true,
    paint: ownPaint,
    painted,
    /** Forgets what was painted: a screen paints every line again. */
    forget: () => issued.clear(),
    say: (text: string) => void stream.write(painted(text)),
    sayLine: (line: string) => void stream.write(`${visibleMessage(line)}\n`),
  };
}
