import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { editConfigText } from "../codec/kubeconfig-edit/edit-config-text.ts";
import { ConfigReadError } from "../errors.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { readIfPresent, statIfPossible } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";
import { realPathOf } from "./history-paths.ts";

/** The old and the new content of a file; undefined means no file. */
export interface FileChange {
  /** The path of the file. */
  readonly file: string;
  /** The content without the change; undefined if there is no file. */
  readonly before: Uint8Array | undefined;
  /** The content with the change; undefined if there is then no file. */
  readonly after: Uint8Array | undefined;
}

interface Entry {
  /** The name by which the file was first asked for. */
  readonly file: string;
  readonly data: Uint8Array | undefined;
  readonly before: Config;
  after: Config;
}

/** The kubeconfigs of one change, each read once; collects changes before anything is written. */
export class ConfigFiles {
  readonly #host: Host;
  /** By real paths: two names of a file are one file. */
  readonly #entries = new Map<string, Entry>();
  readonly #realPaths = new Map<string, string>();

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * Returns the new config of a file; empty if there is no file. client-go's `getConfigFromFile`.
   *
   * @throws ConfigReadError or ConfigParseError when it cannot be read
   */
  get(file: string): Config {
    return this.#entry(file).after;
  }

  /** Reports whether the file exists. */
  exists(file: string): boolean {
    return this.#entry(file).data !== undefined;
  }

  /** Changes the config of a file. */
  update(file: string, change: (config: Config) => Partial<Config>): void {
    const entry = this.#entry(file);
    entry.after = { ...entry.after, ...change(entry.after) };
  }

  /**
   * Returns the changed files, with their new content.
   *
   * @throws ConfigParseError if a file cannot be edited with certainty
   */
  changes(): readonly FileChange[] {
    return [...this.#entries.values()]
      .filter(({ before, after }) => before !== after)
      .map(({ file, data, before, after }) => ({
        file,
        before: data,
        after: new TextEncoder().encode(
          editConfigText(data === undefined ? "" : textOf(data, file), before, after, { file }),
        ),
      }))
      .filter(({ before, after }) => before === undefined || Buffer.compare(before, after) !== 0);
  }

  #entry(file: string): Entry {
    const real = this.#realPaths.get(file) ?? realPathOf(this.#host, file);
    this.#realPaths.set(file, real);
    const known = this.#entries.get(real);
    if (known !== undefined) {
      return known;
    }
    const data = readIfPresent(this.#host, file, KUBECONFIG_LIMIT);
    const config = data === undefined ? newConfig() : decodeConfig(data, file);
    const entry = { file, data, before: config, after: config };
    this.#entries.set(real, entry);
    return entry;
  }
}

/**
 * Decodes the content of a file, with its byte order mark, if it is UTF-8; UTF-16, which YAML allows, becomes UTF-8.
 *
 * @throws ConfigReadError for an invalid encoding: such content could not be written back unchanged
 */
export function textOf(data: Uint8Array, file: string): string {
  const [first, second] = data;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { ignoreBOM: encoding === "utf-8", fatal: true }).decode(data);
  } catch (error) {
    throw new ConfigReadError(
      `${file}: holds bytes that are no ${encoding.toUpperCase()}, which kcfg could not keep; nothing was changed`,
      file,
      error,
    );
  }
}

/** The names of a process's own open files: even a regular file has no folder of its own there. */
const DESCRIPTOR = /^\/(?:dev\/(?:fd\/|std(?:in|out|err)$)|proc\/)/;

/**
 * Refuses files that cannot be read twice or replaced, such as `/dev/stdin` or a pipe of the shell, before they are
 * read.
 *
 * @throws ConfigReadError for such a file
 */
export function refuseStreams(host: Host, files: readonly string[]): void {
  for (const file of files) {
    const facts = statIfPossible(host, file);
    if (facts !== undefined && !facts.isDirectory && (!facts.isFile || DESCRIPTOR.test(file))) {
      throw new ConfigReadError(
        `open ${file}: is no regular file: kcfg edits only files that it can replace`,
        file,
      );
    }
  }
}

/** Makes the missing folder of a new file. */
export function prepareFolder(host: Host, file: string, mode: number): void {
  const folder = filepathFor(host).dir(file);
  if (statIfPossible(host, folder) === undefined) {
    try {
      host.fs.createDirectory(folder, mode);
    } catch {
      // The lock cannot be made either, and its error says why.
    }
  }
}
