/** The quoting at the end of a line of bash: none, or a quote that is still open. */
export type OpenQuote = "" | '"' | "'";

/** A command line of bash up to the cursor. */
export interface BashLine {
  /** The words before the present one, without the program's. */
  readonly words: readonly string[];
  /** The present word. */
  readonly word: string;
  /** How much of the present word precedes the place from which bash replaces it. */
  readonly kept: number;
  readonly quote: OpenQuote;
}

const VARIABLE = /^\$(?:(\w+)|\{\w+\})/;

/**
 * Splits a line into words as bash would, and runs nothing: `$(x)` is text. Variables of the environment that form a
 * word are expanded, so that `--kubeconfig $FILE` works.
 *
 * @param breaks - COMP_WORDBREAKS: where else a word begins to readline
 */
export function readBashLine(
  line: string,
  breaks: string,
  env: Readonly<Record<string, string | undefined>>,
): BashLine {
  const words: string[] = [];
  let word: string | undefined;
  let kept = 0;
  let quote: OpenQuote = "";
  const add = (text: string): void => {
    word = (word ?? "") + text;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const [variable = "", name = variable.slice(2, -1)] =
      char === "$" && quote !== "'" ? (VARIABLE.exec(line.slice(at)) ?? []) : [];
    const value = env[name];
    if (variable !== "" && value !== undefined) {
      add(value);
      at += variable.length - 1;
    } else if (char === quote) {
      quote = "";
      kept = word?.length ?? 0;
    } else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      add("");
      kept = word?.length ?? 0;
    } else if (char === "\\" && quote !== "'") {
      const next = line.charAt(at + 1);
      add(quote === '"' && !'"\\$`'.includes(next) ? `\\${next}` : next);
      at += 1;
    } else if (quote === "" && (char === " " || char === "\t" || char === "\n")) {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
      kept = 0;
    } else {
      add(char);
      if (quote === "" && breaks.includes(char)) {
        kept = word?.length ?? 0;
      }
    }
  }
  // Assignments before the program's name are not its words.
  const program = words.findIndex((each) => !/^\w+\+?=/.test(each));
  return { words: program === -1 ? [] : words.slice(program + 1), word: word ?? "", kept, quote };
}

const SAFE = /^[\w./:=@%+,\-\u00a0-\uffff]$/u;

/** Quotes text so that bash reads exactly that text at the present place of a line. */
export function quoteForBash(text: string, quote: OpenQuote): string {
  return Array.from(text, (char) => quoteCharacter(char, quote)).join("");
}

function quoteCharacter(char: string, quote: OpenQuote): string {
  // eslint-disable-next-line no-control-regex -- control characters have a form of their own
  if (/[\0-\x1f\x7f-\x9f]/.test(char)) {
    // By bytes: bash 3.2 has no other way.
    const bytes = Array.from(Buffer.from(char), (byte) => `\\${byte.toString(8).padStart(3, "0")}`);
    const code = `$'${bytes.join("")}'`;
    return `${quote}${code}${quote}`;
  }
  if (quote === "'") {
    return char === "'" ? `'\\''` : char;
  }
  if (quote === '"') {
    // No backslash protects an exclamation mark from the history within these quotes.
    return char === "!" ? `"\\!"` : '"\\$`'.includes(char) ? `\\${char}` : char;
  }
  return SAFE.test(char) || char.length > 1 ? char : `\\${char}`;
}
