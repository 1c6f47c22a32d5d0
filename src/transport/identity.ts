import { INSPECT, REDACTED } from "../api/redaction.ts";
import { bytesOfText } from "../go/url-escape.ts";
import type { ConnectionError } from "../errors.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";

/** The credentials of one request. Inspecting it shows no secret. */
export class Identity {
  /** The client certificate for servers that ask for one. */
  readonly certificate: KeyPair | undefined;
  /** Why a configured client certificate is missing. */
  readonly certificateFault: ConnectionError | undefined;
  readonly #authorization: string | undefined;
  readonly #refuse: ((signal?: AbortSignal) => Promise<void>) | undefined;

  constructor(
    authorization: string | undefined,
    certificate?: KeyPair,
    refuse?: (signal?: AbortSignal) => Promise<void>,
    certificateFault?: ConnectionError,
  ) {
    this.certificate = certificate;
    this.certificateFault = certificateFault;
    this.#authorization = authorization && bytesOfText(authorization);
    this.#refuse = refuse;
  }

  /** Returns the value of `Authorization`, a byte string, as Node sends it; undefined for none. Secret. */
  authorization(): string | undefined {
    return this.#authorization;
  }

  /** Gets other credentials for the next request, if there can be any. Must be called after a 401. */
  async refused(signal?: AbortSignal): Promise<void> {
    await this.#refuse?.(signal);
  }

  toJSON(): object {
    return {
      certificate: this.certificate,
      authorization: this.#authorization === undefined ? undefined : REDACTED,
    };
  }

  [INSPECT](): object {
    return this.toJSON();
  }
}

/** The source of the identities of requests. */
export interface IdentitySource {
  /**
   * Returns the identity of the next request.
   *
   * @throws ConnectionError in client-go's words, such as `getting credentials: exec: …`
   * @throws the signal's reason when it is aborted
   */
  current(signal?: AbortSignal): Promise<Identity>;
  /** Clears cached credentials: forces the next request to get new ones. */
  invalidate(): Promise<void>;
  /** Ends pending work. */
  close(): void;
}
