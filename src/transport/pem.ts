import { decodeBase64 } from "../codec/base64.ts";

/** One block of a PEM text. */
export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly type: string;
  /** Whether lines such as `Proc-Type: 4,ENCRYPTED` stand before the data. */
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
}

/** What a PEM text holds. */
export interface PemContent {
  readonly blocks: readonly PemBlock[];
  /** Whether anything follows the last block. */
  readonly hasRest: boolean;
}

const BLOCK =
  /(?:^|\n)-----BEGIN (?<type>[^\n]+?)-----[ \t\r]*\n(?<headers>(?:[^\n:]+:[^\n]*\n)*)(?<body>(?:(?!-----)[^\n]*\n)*)-----END (?<end>[^\n]+?)-----[ \t\r]*(?:\n|$)/y;

/**
 * Reads PEM as Go's `pem.Decode` does, over and over: text around blocks is skipped, and so are blocks that are
 * damaged; a marker must begin its line and end it.
 */
export function decodePem(data: Uint8Array): PemContent {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
  const blocks: PemBlock[] = [];
  let restFrom = 0;
  for (const start of text.matchAll(/^-----BEGIN /gm)) {
    if (start.index < restFrom) {
      continue;
    }
    BLOCK.lastIndex = Math.max(start.index - 1, 0);
    const groups = BLOCK.exec(text)?.groups;
    const bytes =
      groups === undefined ? undefined : decodeBase64((groups["body"] ?? "").replaceAll(/[ \t]/g, ""));
    if (groups !== undefined && bytes !== undefined && groups["type"] === groups["end"]) {
      blocks.push({ type: groups["type"] ?? "", hasHeaders: groups["headers"] !== "", bytes });
      restFrom = BLOCK.lastIndex;
    }
  }
  return { blocks, hasRest: restFrom < text.length };
}

/** Writes a block as PEM. */
export function encodePem(type: string, bytes: Uint8Array): string {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .replaceAll(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${type}-----\n${lines}\n-----END ${type}-----\n`;
}
