import { goTemplatePrinter } from "../../src/printers/go-template-printer.ts";
import { PrintError } from "../../src/printers/print-error.ts";

const document = new Map([
  ["kind", "Config"],
  ["token", "s3cr3t"],
]);

function failureOf(template: string, hasSecrets: boolean): PrintError {
  const print = goTemplatePrinter(template, { allowMissingKeys: true, hasSecrets });
  try {
    print(document);
  } catch (error) {
    if (error instanceof PrintError) {
      return error;
    }
    throw error;
  }
  throw new Error(`${template} does not fail`);
}

function output(template: string): string | Uint8Array {
  return goTemplatePrinter(template, { allowMissingKeys: true, hasSecrets: false })(document);
}

const reason =
  'template: output:1:8: executing "output" at <.kind.x>: can\'t evaluate field x in type interface {}';

describe("a Go template that fails", () => {
  test("prints what it printed and, as kubectl does, what it was given", () => {
    const { message, printed } = failureOf("a{{.kind.x}}", false);
    expect(message).toBe(`error executing template "a{{.kind.x}}": ${reason}`);
    expect(printed).toBe(
      `aError executing template: ${reason}. Printing more information for debugging the template:\n` +
        "\ttemplate was:\n\t\ta{{.kind.x}}\n" +
        '\traw data was:\n\t\t{"kind":"Config","token":"s3cr3t"}\n' +
        "\tobject given to template engine was:\n\t\tmap[kind:Config token:s3cr3t]\n\n",
    );
  });

  test("does not print the document when that has secrets", () => {
    const { message, printed } = failureOf("a{{.kind.x}}", true);
    expect(message).toContain(reason);
    expect(printed).toBe(
      `aError executing template: ${reason}. Printing more information for debugging the template:\n` +
        "\ttemplate was:\n\t\ta{{.kind.x}}\n",
    );
  });

  test("prints bytes that are not UTF-8 as bytes", () => {
    const { printed } = failureOf('{{"\\xff"}}{{.kind.x}}', true);
    expect(printed).toBeInstanceOf(Uint8Array);
    expect(printed[0]).toBe(0xff);
  });
});

test("a Go template that does not parse is refused before anything is printed", () => {
  expect(() => goTemplatePrinter("{{x", { allowMissingKeys: true, hasSecrets: false })).toThrow(
    'error parsing template {{x, template: output:1: function "x" not defined',
  );
});

test("bytes that are not UTF-8 are printed as bytes, and text as text", () => {
  expect(output('{{"\\xff"}}a')).toEqual(Uint8Array.of(0xff, 0x61));
  expect(output("{{.kind}} é")).toBe("Config é");
});
