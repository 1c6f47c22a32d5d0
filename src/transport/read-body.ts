/** The beginning of a body. */
export interface BodyStart {
  readonly bytes: Uint8Array;
  /** Whether it is the whole body. */
  readonly isWhole: boolean;
}

/**
 * Reads the body of a response up to a limit in bytes: a body may be endless.
 *
 * @throws ConnectionError as reading the body itself does
 */
export async function readBody(response: Response, limit: number): Promise<BodyStart> {
  const chunks: Uint8Array[] = [];
  let left = limit;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk.subarray(0, left));
    if (chunk.length > left) {
      // Leaving the loop cancels the body, and closes its connection.
      return { bytes: Buffer.concat(chunks), isWhole: false };
    }
    left -= chunk.length;
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
