import type { StandardStream } from "./standard-streams.ts";

/** The used part of a stream of the process. */
type Writable = Pick<NodeJS.WriteStream, "isTTY" | "write" | "on" | "once" | "off" | "writableLength">;

/** Go's words for the errors of a stream. */
const REASONS: Readonly<Record<string, string>> = {
  EBADF: "bad file descriptor",
  EFBIG: "file too large",
  EDQUOT: "disk quota exceeded",
  EIO: "input/output error",
  ENOSPC: "no space left on device",
};

/** A standard stream of the process. It never throws: errors are reported at the end. */
export class ProcessStream implements StandardStream {
  readonly #stream: Writable;
  readonly #name: string;
  #fault: string | undefined;
  #pending = 0;
  #wake: (() => void) | undefined;

  /**
   * Creates a stream.
   *
   * @param name - its name in errors
   */
  constructor(stream: Writable, name: string) {
    this.#stream = stream;
    this.#name = name;
    stream.on("error", (error: NodeJS.ErrnoException) => this.#fail(error));
  }

  get isTTY(): boolean {
    return this.#stream.isTTY;
  }

  /** Why the output did not arrive, in Go's words; `no reader` if the reader is gone. */
  get fault(): string | undefined {
    return this.#fault;
  }

  write(content: string | Uint8Array): void {
    if (this.#fault !== undefined) {
      return;
    }
    this.#pending++;
    try {
      this.#stream.write(content, (error) => this.#written(error));
    } catch (error) {
      this.#written(error);
    }
  }

  async drained(): Promise<boolean> {
    while (this.#pending > 0 && this.#fault === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#fault === undefined;
  }

  #written(error: unknown): void {
    this.#pending--;
    if (error !== undefined && error !== null) {
      this.#fail(error);
    }
    if (this.#pending === 0) {
      this.#wake?.();
    }
  }

  #fail(error: unknown): void {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    this.#fault ??=
      code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "ECONNRESET"
        ? "no reader"
        : `write ${this.#name}: ${REASONS[code] ?? code}`;
    this.#wake?.();
  }
}
