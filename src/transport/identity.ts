import { INSPECT, REDACTED } from "../api/redaction.ts";
import { bytesOfText } from "../go/url-escape.ts";
import type { ConnectionError } from "../errors.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";

/** Who a request says that it is from. Inspecting one shows no secret. */
export class Identity {
  /** What is shown to servers that ask for a certificate. */
  readonly certificate: KeyPair | undefined;
  /** Why there is none although one was to be shown. */
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

  /** The value of `Authorization`, a byte string, as Node sends it; undefined for none. Secret. */
  authorization(): string | undefined {
    return this.#authorization;
  }

  /** To be called when the server answered 401: gets other credentials for the next request, if there can be any. */
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

/** Where the identities of requests come from. */
export interface IdentitySource {
  /**
   * The identity of the next request.
   *
   * @throws ConnectionError in client-go's words, such as `getting credentials: exec: …`
   * @throws the signal's reason when it is aborted
   */
  current(signal?: AbortSignal): Promise<Identity>;
  /** Forgets whatever is kept, so that the next request gets its credentials anew. */
  invalidate(): Promise<void>;
  /** Ends whatever is under way. */
  close(): void;
}
