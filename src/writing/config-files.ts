import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import { editConfigText } from "../codec/kubeconfig-edit/edit-config-text.ts";
import { ConfigReadError } from "../errors.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { readIfPresent, statIfPossible } from "../loading/file-system.ts";
import { KUBECONFIG_LIMIT } from "../loading/size-limits.ts";

/** What a file holds, and what it is to hold; undefined represents no file. */
export interface FileChange {
  /** The path of the file. */
  readonly file: string;
  /** What it holds without the change; undefined if there is no file. */
  readonly before: Uint8Array | undefined;
  /** What it holds with it; undefined if there is no file then. */
  readonly after: Uint8Array | undefined;
}

interface Entry {
  readonly data: Uint8Array | undefined;
  readonly before: Config;
  after: Config;
}

/** The kubeconfigs of one change, each read once; changes are gathered here before anything is written. */
export class ConfigFiles {
  readonly #host: Host;
  readonly #entries = new Map<string, Entry>();

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * Returns the config of a file as it is to become; empty if there is no file. client-go's `getConfigFromFile`.
   *
   * @throws ConfigReadError or ConfigParseError when it cannot be read
   */
  get(file: string): Config {
    return this.#entry(file).after;
  }

  /** Reports whether there is a file. */
  exists(file: string): boolean {
    return this.#entry(file).data !== undefined;
  }

  /** Gives a file another config. */
  update(file: string, change: (config: Config) => Partial<Config>): void {
    const entry = this.#entry(file);
    entry.after = { ...entry.after, ...change(entry.after) };
  }

  /**
   * Returns the files that change, with their new content.
   *
   * @throws ConfigParseError if a string cannot be edited with certainty
   */
  changes(): readonly FileChange[] {
    return [...this.#entries]
      .filter(([, { before, after }]) => before !== after)
      .map(([file, { data, before, after }]) => ({
        file,
        before: data,
        after: new TextEncoder().encode(
          editConfigText(data === undefined ? "" : textOf(data, file), before, after, { file }),
        ),
      }))
      .filter(({ before, after }) => before === undefined || Buffer.compare(before, after) !== 0);
  }

  #entry(file: string): Entry {
    const known = this.#entries.get(file);
    if (known !== undefined) {
      return known;
    }
    const data = readIfPresent(this.#host, file, KUBECONFIG_LIMIT);
    const config = data === undefined ? newConfig() : decodeConfig(data, file);
    const entry = { data, before: config, after: config };
    this.#entries.set(file, entry);
    return entry;
  }
}

/**
 * Returns the text of a file, with its byte order mark, if it is UTF-8; UTF-16, which YAML allows, becomes UTF-8.
 *
 * @throws ConfigReadError for what is no text in its encoding: it could not be written back as it was
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

/** The names of a process's own open files: even where one is a regular file, it has no place of its own there. */
const DESCRIPTOR = /^\/(?:dev\/(?:fd\/|std(?:in|out|err)$)|proc\/)/;

/**
 * Refuses files that cannot be read twice, let alone replaced, such as `/dev/stdin` or a pipe of the shell, before they
 * are read.
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

/** Makes the folder of a file that is to be made, where it is missing. */
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
