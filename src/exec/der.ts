/** How many bytes the ASN.1 element takes that they begin with; 0 if there is none. */
export function derLength(der: Uint8Array): number {
  const first = der[1] ?? 0;
  const width = first < 0x80 ? 0 : first & 0x7f;
  let length = width === 0 ? first : 0;
  for (const octet of der.subarray(2, 2 + width)) {
    length = length * 256 + octet;
  }
  return der.length < 2 + width + length ? 0 : 2 + width + length;
}
