/**
 * Go's `path/filepath` for Windows (Go 1.25 `internal/filepathlite`), rule for rule: Go's cleaned path decides which
 * executables may run, and Node's `path.win32` differs in drive letters, device paths and shares.
 */

const SEPARATOR = "\\";

/** Implements `filepath.IsAbs`: a path with a drive and a root, a share or a device path; not `\a` or `C:a`. */
export function isAbs(path: string): boolean {
  const volume = volumeLength(path);
  if (volume === 0) {
    return false;
  }
  return (isSeparator(path, 0) && isSeparator(path, 1)) || isSeparator(path, volume);
}

/** Implements `filepath.Base`: the last element, without trailing separators. */
export function base(path: string): string {
  if (path === "") {
    return ".";
  }
  const trimmed = path.replace(/[\\/]+$/, "");
  const rest = trimmed.slice(volumeLength(trimmed));
  const element = rest.slice(lastSeparator(rest) + 1);
  return element === "" ? SEPARATOR : element;
}

/** Implements `filepath.Dir`: all but the last element, cleaned. */
export function dir(path: string): string {
  const volume = volumeLength(path);
  const end = Math.max(lastSeparator(path) + 1, volume);
  const cleaned = clean(path.slice(volume, end));
  const name = toBackslashes(path.slice(0, volume));
  return cleaned === "." && volume > 2 ? name : name + cleaned;
}

/**
 * Implements `filepath.Join`: elements are joined so that none becomes a share or a device path that was not one
 * before.
 */
export function join(...elements: readonly string[]): string {
  let joined = "";
  for (const element of elements) {
    let next = element;
    if (joined !== "" && isSeparator(joined, joined.length - 1)) {
      next = element.replace(/^[\\/]+/, "");
      if (joined.length === 1 && next.startsWith("??") && (next.length === 2 || isSeparator(next, 2))) {
        joined += ".\\";
      }
    } else if (joined !== "" && !joined.endsWith(":")) {
      joined += SEPARATOR;
    }
    joined += next;
  }
  return joined === "" ? "" : clean(joined);
}

/** Implements `filepath.Clean`: the shortest equivalent path, with backslashes. */
export function clean(path: string): string {
  const volume = volumeLength(path);
  const rest = path.slice(volume);
  if (rest === "") {
    const isShare = volume > 1 && isSeparator(path, 0) && isSeparator(path, 1);
    return isShare ? toBackslashes(path) : `${path}.`;
  }
  const cleaned = cleanRest(rest);
  return toBackslashes(path.slice(0, volume) + (volume === 0 ? guard(cleaned) : cleaned.text));
}

interface Cleaned {
  readonly text: string;
  /**
   * The content of Go's buffer afterwards, which may be longer than the result: the remains of elements that `..`
   * removed. Undefined while Go has not needed the buffer because the result is the beginning of the path.
   */
  readonly buffer: string | undefined;
}

/** Cleans what comes after the volume, which is not empty. */
function cleanRest(rest: string): Cleaned {
  const out = new LazyBuffer(rest);
  const rooted = isSeparator(rest, 0);
  if (rooted) {
    out.append(SEPARATOR);
  }
  /** How far `..` may go back. */
  let floor = out.length;
  const root = out.length;
  for (const element of rest.split(/[\\/]+/)) {
    if (element === "" || element === ".") {
      continue;
    }
    if (element === ".." && out.length > floor) {
      out.removeLast(floor);
    } else if (element !== ".." || !rooted) {
      if (out.length > root) {
        out.append(SEPARATOR);
      }
      out.append(element);
      floor = element === ".." ? out.length : floor;
    }
  }
  if (out.length === 0) {
    out.append(".");
  }
  return out;
}

/** Go's `lazybuf`: writes into a buffer of its own only from where the output is no longer the beginning of the path. */
class LazyBuffer implements Cleaned {
  readonly #path: string;
  #written: string[] | undefined;
  #length = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#written?.slice(0, this.#length).join("") ?? this.#path.slice(0, this.#length);
  }

  get buffer(): string | undefined {
    return this.#written?.join("");
  }

  append(text: string): void {
    for (const unit of text.split("")) {
      if (this.#written === undefined && this.#path[this.#length] !== unit) {
        this.#written = this.#path.slice(0, this.#length).split("");
      }
      if (this.#written !== undefined) {
        this.#written[this.#length] = unit;
      }
      this.#length++;
    }
  }

  /** Removes the last element, and the separator before it, but not beyond `floor`. */
  removeLast(floor: number): void {
    const { text } = this;
    let end = this.#length - 1;
    while (end > floor && !isSeparator(text, end)) {
      end--;
    }
    this.#length = end;
  }
}

/** Keeps a relative path relative: `a\..\c:` must not become a drive, nor `\a\..\??\c:\x` a device path. */
function guard({ text, buffer }: Cleaned): string {
  if (buffer === undefined) {
    return text;
  }
  if (buffer.split(/[\\/]/, 1)[0]?.includes(":") === true) {
    return `.\\${text}`;
  }
  return /^[\\/]\?\?/.test(buffer) ? `\\.${text}` : text;
}

/**
 * Implements `filepath.VolumeName`'s length: a drive, a share with its host, or a device path with the name after it.
 */
function volumeLength(path: string): number {
  if (/^[\0-\x7f]:/.test(path)) {
    return 2;
  }
  if (/^[\\/]{2}\.[\\/]unc(?:[\\/]|$)/i.test(path)) {
    return validVolume(path, shareLength(path, 8));
  }
  if (/^[\\/](?:[\\/][.?]|\?\?)(?:[\\/]|$)/.test(path)) {
    if (path.length === 3) {
      return 3;
    }
    const end = path.slice(4).search(/[\\/]/);
    return validVolume(path, end === -1 ? path.length : end + 4);
  }
  return isSeparator(path, 0) && isSeparator(path, 1) ? validVolume(path, shareLength(path, 2)) : 0;
}

/** Checks a volume, which cannot hold `..`. */
function validVolume(path: string, length: number): number {
  return path.slice(0, length).split(/[\\/]/).includes("..") ? 0 : length;
}

/** Returns the offset of the second separator after `from`. */
function shareLength(path: string, from: number): number {
  const end = /^[^\\/]*[\\/][^\\/]*(?=[\\/])/.exec(path.slice(from))?.[0].length;
  return end === undefined ? path.length : from + end;
}

function isSeparator(path: string, index: number): boolean {
  return path[index] === "/" || path[index] === SEPARATOR;
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf(SEPARATOR));
}

function toBackslashes(path: string): string {
  return path.replaceAll("/", SEPARATOR);
}
