import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { Prompter } from "./prompt.ts";

/** White space for Go's `fmt`. */
const SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;

/** The name of the input in errors. */
const STDIN = "standard input";

/**
 * Makes a prompter that prompts as kubectl does: `Please enter Username: ` on standard output; an answer is the next
 * word of standard input, a secret the next line of the terminal, if standard input is one. client-go's
 * `promptForString`.
 *
 * Its functions throw ConfigReadError: `EOF` where there is no answer, `error reading input for Password` where there
 * is no terminal.
 *
 * @param write - writes the questions; default: to standard output
 */
export function terminalPrompter(
  { terminal }: Host,
  write: (text: string) => void = (text) => terminal.write(text),
): Prompter {
  const show = (what: string): void => write(`Please enter ${what}: `);
  return {
    ask: async (what) => {
      show(what);
      return await readWord(() => terminal.readByte());
    },
    askSecret: async (what) => {
      show(what);
      if (!terminal.isTerminal("stdin")) {
        throw new ConfigReadError(`error reading input for ${what}`, STDIN);
      }
      return await terminal.readHiddenLine();
    },
  };
}

/** Implements Go's `fmt.Fscan` of a string: it consumes the character that ends the word, and nothing after it. */
async function readWord(readByte: () => Promise<number | undefined>): Promise<string> {
  const decoder = new TextDecoder("utf8", { ignoreBOM: true });
  let word = "";
  for (let byte = await readByte(); byte !== undefined; byte = await readByte()) {
    for (const character of decoder.decode(Uint8Array.of(byte), { stream: true })) {
      if (!SPACE.test(character)) {
        word += character;
      } else if (word !== "") {
        return word;
      }
    }
  }
  word += decoder.decode();
  if (word === "") {
    throw new ConfigReadError("EOF", STDIN);
  }
  return word;
}
