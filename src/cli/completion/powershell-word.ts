/** What PowerShell takes as it is, wherever it is in an argument. */
const BARE = /^-{0,2}[A-Za-z0-9_][A-Za-z0-9_./:=+\\-]*$/;

/** What PowerShell takes for a single quote; two of them represent one. */
const QUOTES = /['\u2018-\u201b]/g;

/** Writes a word without control characters so that PowerShell reads just that, and runs nothing. */
export function quoteForPowerShell(word: string): string {
  return BARE.test(word) ? word : `'${word.replaceAll(QUOTES, "$&$&")}'`;
}
