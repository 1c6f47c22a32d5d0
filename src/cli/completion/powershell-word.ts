/** What PowerShell reads literally anywhere in an argument. */
const BARE = /^-{0,2}[A-Za-z0-9_][A-Za-z0-9_./:=+\\-]*$/;

/** The characters that PowerShell reads as a single quote; two of them are a literal one. */
const QUOTES = /['\u2018-\u201b]/g;

/** Quotes a word without control characters so that PowerShell reads exactly that word, and runs nothing. */
export function quoteForPowerShell(word: string): string {
  return BARE.test(word) ? word : `'${word.replaceAll(QUOTES, "$&$&")}'`;
}
