/**
 * How Go spells a float64. Both languages choose the same digits (the shortest that read back as the same number);
 * only the layout around the digits differs.
 *
 * - `json`: encoding/json. Plain digits from 1e-6 up to, not including, 1e21; otherwise `1e-7`, `1e+21`.
 * - `g`: strconv's `'g'` with precision -1, which is also what `%v` prints. An exponent, of at least two digits, as soon
 *   as it is below -4 or above 5: `1e+06`, `1.234567895e+08`, `1e-05`.
 * - `yaml`: as `g`, with YAML's names for what is not finite (go-yaml v2 `floatv`).
 */
export type GoFloatFormat = "json" | "yaml" | "g";

/**
 * Formats a number as Go formats a float64.
 *
 * @throws RangeError for `json` and a number that is not finite, where encoding/json fails too.
 */
export function formatGoFloat(value: number, format: GoFloatFormat): string {
  if (!Number.isFinite(value)) {
    return formatNonFinite(value, format);
  }
  if (format === "json") {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  return formatShortest(value);
}

function formatNonFinite(value: number, format: GoFloatFormat): string {
  if (format === "yaml") {
    return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
  }
  const name = Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  if (format === "json") {
    throw new RangeError(`json: unsupported value: ${name}`);
  }
  return name;
}

function formatShortest(value: number): string {
  if (value === 0) {
    return Object.is(value, -0) ? "-0" : "0";
  }
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return String(value);
  }
  const digits = String(Math.abs(power)).padStart(2, "0");
  return `${mantissa}e${power < 0 ? "-" : "+"}${digits}`;
}
