import { isGoLettersAndNumbers } from "../go/unicode.ts";
import { compactString } from "./kyaml-string.ts";
import { isTimestamp } from "./timestamp.ts";

/** Writes a key: bare if it is a plain word that no YAML reader takes for another type, else quoted on one line. */
export function kyamlKey(key: string): string {
  return needsQuotes(key) ? compactString(key) : key;
}

/** Punctuation that a bare key may hold: underscores anywhere, the others between its first and its last character. */
const PUNCTUATION = /_|(?<=[^])[-./](?=[^])/gu;
/** Most keys; no number or date looks like this. */
const WORD = /^[A-Za-z](?:[A-Za-z./-]*[A-Za-z])?$/;
const RESERVED = /^(?:null|true|false|yes|no|on|off|[ytnf])$/i;
const DECIMAL = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i;
const HEX_FLOAT = /^-?0x(?=\.?[0-9a-f])([0-9a-f]*)\.?([0-9a-f]*)p([-+]?[0-9]+)$/i;
const FLOAT_NAME = /^(?:-?inf(?:inity)?|nan)$/i;

/**
 * Reports whether a key needs quotes. Source: sigs.k8s.io/yaml `kyaml` `needsQuotes`, `isTypeAmbiguous`; what its first
 * rule quotes needs no second check.
 */
function needsQuotes(key: string): boolean {
  if (WORD.test(key)) {
    return RESERVED.test(key) || FLOAT_NAME.test(key);
  }
  if (
    key === "" ||
    !isGoLettersAndNumbers(key.replaceAll(PUNCTUATION, "")) ||
    RESERVED.test(key) ||
    isTimestamp(key)
  ) {
    return true;
  }
  const plain = key.replaceAll("_", "");
  return (
    (DECIMAL.test(plain) && Number.isFinite(Number(plain))) ||
    FLOAT_NAME.test(plain) ||
    isPrefixedInteger(plain) ||
    isHexFloat(plain)
  );
}

/** Reports whether `strconv.ParseInt(key, 0, 64)` accepts a key with a prefix for the base. */
function isPrefixedInteger(key: string): boolean {
  const match = /^(-?)0(?:x([0-9a-f]+)|b([01]+)|o([0-7]+))$/i.exec(key);
  if (match === null) {
    return false;
  }
  const size = BigInt(key.slice(match[1]?.length).toLowerCase());
  return match[1] === "-" ? size <= 1n << 63n : size < 1n << 63n;
}

/**
 * Reports whether `strconv.ParseFloat` accepts a key as a hexadecimal float: the exponent is required, and the value
 * must fit.
 */
function isHexFloat(key: string): boolean {
  const match = HEX_FLOAT.exec(key);
  if (match === null) {
    return false;
  }
  const [, whole = "", fraction = "", exponent = ""] = match;
  const mantissa = BigInt(`0x0${whole}${fraction}`);
  return mantissa === 0n || mantissa.toString(2).length + Number(exponent) - 4 * fraction.length <= 1024;
}
