/** The first line of a script: which program runs it. */
export interface Shebang {
  /** The path of the interpreter; empty if a NUL byte is where it should begin. */
  readonly interpreter: Uint8Array;
  /** All that comes after the interpreter, as one argument. */
  readonly argument: Uint8Array | undefined;
}

const [NUL, TAB, NEWLINE, BLANK] = [0x00, 0x09, 0x0a, 0x20];

/** Reports whether the system treats a file as a script: it begins with `#!`. */
export function isScript(head: Uint8Array): boolean {
  return head[0] === 0x23 && head[1] === 0x21;
}

/**
 * Parses the first line of a script as Linux does (`load_script` in fs/binfmt_script.c, since 5.1). Returns undefined
 * for a line with which the system refuses to start the script.
 *
 * @param head - the first 256 bytes, padded with NUL bytes if the file is shorter
 */
export function parseShebang(head: Uint8Array): Shebang | undefined {
  const last = head.length - 1;
  const newline = head.indexOf(NEWLINE);
  let end = newline;
  if (newline === -1) {
    const start = nextOf(head, 2, last, (octet) => !isBlank(octet));
    // Without a newline only the argument may be truncated, never the path.
    if (start === undefined || nextOf(head, start, last, isTerminator) === undefined) {
      return undefined;
    }
    end = last;
  }
  while (isBlank(head[end - 1])) {
    end--;
  }
  const name = nextOf(head, 2, end, (octet) => !isBlank(octet));
  if (name === undefined || name === end) {
    return undefined;
  }
  const line = head.subarray(0, end);
  const separator = nextOf(line, name, end - 1, isTerminator);
  const argument =
    separator === undefined || line[separator] === NUL
      ? undefined
      : nextOf(line, separator, end - 1, (octet) => !isBlank(octet));
  return {
    interpreter: line.subarray(name, separator ?? end),
    argument: argument === undefined ? undefined : cString(line.subarray(argument)),
  };
}

/** Returns the position of the next byte of a kind within a range. */
function nextOf(
  bytes: Uint8Array,
  from: number,
  to: number,
  isOne: (octet: number | undefined) => boolean,
): number | undefined {
  for (let at = from; at <= to; at++) {
    if (isOne(bytes[at])) {
      return at;
    }
  }
  return undefined;
}

function isBlank(octet: number | undefined): boolean {
  return octet === BLANK || octet === TAB;
}

function isTerminator(octet: number | undefined): boolean {
  return isBlank(octet) || octet === NUL;
}

/** Returns the bytes up to the first NUL byte. */
export function cString(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(NUL);
  return end === -1 ? bytes : bytes.subarray(0, end);
}
