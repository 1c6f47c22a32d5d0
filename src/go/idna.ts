import { domainToASCII, domainToUnicode } from "node:url";

/**
 * The name by which a host is looked up, called in TLS and asked of proxies. Go's `idna.Lookup.ToASCII`, as net/http uses
 * it: a name that it refuses stays as it is.
 */
export function lookupName(name: string): string {
  if (isAscii(name)) {
    return name;
  }
  const ascii = domainToASCII(name);
  return ascii !== "" && domainToUnicode(ascii).split(".").every(isStrict) ? ascii : name;
}

/** A label of letters, digits and hyphens where it is ASCII, with no hyphens at its ends or where `xn--` has them. */
function isStrict(label: string): boolean {
  return /^[a-z\d\-\u{80}-\u{10ffff}]*$/u.test(label) && !/^-|-$|^..--/u.test(label);
}

/** A `host:port` as it is sent in `Host`: as it was written, but in ASCII and without a zone. Go's `PunycodeHostPort`. */
export function hostHeader(host: string): string {
  const ascii = isAscii(host)
    ? host
    : host
        .split(".")
        .map((label) => {
          const [, name = "", port = ""] = /^(.*?)(:\d*)?$/su.exec(label) ?? [];
          return `${isAscii(name) ? name : `xn--${encodePunycode(name)}`}${port}`;
        })
        .join(".");
  return ascii.replace(/^\[([^\]%]*)%[^\]]*\]/u, "[$1]");
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/** The constants of RFC 3492. */
const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 128] as const;

/** RFC 3492, 6.3. */
function encodePunycode(label: string): string {
  const codes = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < FIRST_CODE);
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? "-" : "");
  let [next, delta, bias, done] = [FIRST_CODE as number, 0, FIRST_BIAS as number, basic.length];
  while (done < codes.length) {
    const least = Math.min(...codes.filter((code) => code >= next));
    delta += (least - next) * (done + 1);
    next = least;
    for (const code of codes) {
      if (code < next) {
        delta += 1;
      } else if (code === next) {
        output += variableLength(delta, bias);
        bias = adapt(delta, done + 1, done === basic.length);
        delta = 0;
        done += 1;
      }
    }
    delta += 1;
    next += 1;
  }
  return output;
}

function variableLength(delta: number, bias: number): string {
  let [output, left] = ["", delta];
  for (let k: number = BASE; ; k += BASE) {
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (left < threshold) {
      return output + digit(left);
    }
    output += digit(threshold + ((left - threshold) % (BASE - threshold)));
    left = Math.floor((left - threshold) / (BASE - threshold));
  }
}

function digit(value: number): string {
  return "abcdefghijklmnopqrstuvwxyz0123456789".charAt(value);
}

/** RFC 3492, 6.1. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2));
  left += Math.floor(left / points);
  let k = 0;
  while (left > ((BASE - T_MIN) * T_MAX) / 2) {
    left = Math.floor(left / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
