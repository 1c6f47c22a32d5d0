/**
 * Whether go-yaml v2 would read this text, were it written plain, as something that is not a string, or quotes it lest
 * other parsers do (base 60 numbers). Source: go-yaml v2 `resolve`, `isBase60Float`.
 */
export function needsQuotes(text: string): boolean {
  const hint = text.charCodeAt(0);
  if (Number.isNaN(hint)) {
    return true;
  }
  if ((hint >= 0x30 && hint <= 0x39) || hint === 0x2b || hint === 0x2d || hint === 0x2e) {
    return NAMED_FLOAT.test(text) || BASE_60.test(text) || isTimestamp(text) || isNumber(text);
  }
  return text.length <= 5 && RESERVED.has(text);
}

const RESERVED = new Set(
  "y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null NULL".split(
    " ",
  ),
);
const NAMED_FLOAT = /^(?:\.(?:nan|NaN|NAN)|[-+]?\.(?:inf|Inf|INF))$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

function isNumber(text: string): boolean {
  if (text.startsWith(".")) {
    return /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) && Number.isFinite(Number(text));
  }
  const plain = text.replaceAll("_", "");
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(plain)) {
    return Number.isFinite(Number(plain));
  }
  const digits = /^([-+]?)0([xXoObB])([-+]?)([0-9a-fA-F]+)$/.exec(plain);
  if (digits === null) {
    return false;
  }
  const [, sign = "", base = "", innerSign = "", body = ""] = digits;
  const lower = base.toLowerCase();
  if (innerSign !== "" && (base !== "b" || sign === "+")) {
    return false;
  }
  if (!(lower === "x" ? /^[0-9a-fA-F]+$/ : lower === "o" ? /^[0-7]+$/ : /^[01]+$/).test(body)) {
    return false;
  }
  if (innerSign !== "" && sign === "-" && innerSign === "-") {
    return false;
  }
  const size = BigInt(`0${lower}${body}`);
  const negative = sign === "-" || innerSign === "-";
  if (negative) {
    return size <= 1n << 63n;
  }
  return sign === "" && innerSign === "" ? size < 1n << 64n : size < 1n << 63n;
}

const TIMESTAMP =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))| +([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?$/;

export function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) {
    return false;
  }
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const part = (a: number, b: number): number => Number(match[a] ?? match[b] ?? 0);
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  ) {
    return false;
  }
  return (
    part(4, 9) < 24 &&
    part(5, 10) < 60 &&
    part(6, 11) < 60 &&
    Number(match[7] ?? 0) <= 24 &&
    Number(match[8] ?? 0) <= 60
  );
}
