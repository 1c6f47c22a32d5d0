import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Command } from "commander";
import { bindPrintFlags, PrintError, printObject } from "../../src/printers.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const pod = { kind: "Pod", apiVersion: "v1", metadata: { name: "web", creationTimestamp: undefined } };

function failureOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("does not fail");
}

describe("objects of JavaScript are printed as a server would have sent them", () => {
  test("in Go's order, without what JSON leaves out", () => {
    const object = {
      b: [undefined, () => 1],
      a: { z: 1n, "\ufb01": 2, "\u{1f600}": -0 },
      f: () => 1,
      ...pod,
    };
    expect(printObject(object, { output: "json" })).toBe(
      `${JSON.stringify(
        {
          a: { z: 1, "\ufb01": 2, "\u{1f600}": 0 },
          apiVersion: "v1",
          b: [null, null],
          kind: "Pod",
          metadata: { name: "web" },
        },
        null,
        4,
      )}\n`,
    );
  });

  test("Maps, dates, bytes and lone surrogates", () => {
    const object = new Map<string, unknown>([
      ["time", new Date("2026-12-01T10:00:00.123Z")],
      ["never", new Date(Number.NaN)],
      ["data", Buffer.from("hello")],
      ["text", "\udc80"],
    ]);
    expect(printObject(object, { output: "yaml" })).toBe(
      'data: aGVsbG8=\nnever: null\ntext: "\ufffd"\ntime: "2026-12-01T10:00:00Z"\n'.replace(
        '"\ufffd"',
        "\ufffd",
      ),
    );
  });

  test("typed objects of the official client, by the names of their fields on the wire", () => {
    const script = join(repositoryFolder, "test/printers/typed-objects.mjs");
    expect(execFileSync(process.execPath, [script], { encoding: "utf8" })).toBe(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  creationTimestamp: "1970-01-01T00:00:00Z"\n  name: web\n' +
        'token Pod\neventTime: "1970-01-01T00:00:00.000000Z"\n',
    );
  });

  test("objects of a list without apiVersion and kind have those of the list", () => {
    const list = { kind: "PodList", apiVersion: "v1", items: [{ metadata: { name: "a" } }, pod] };
    expect(printObject(list, { output: "name" })).toBe("pod/a\npod/web\n");
  });

  test("with the name of a group, and what was done", () => {
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };
    expect(printObject(deployment, { output: "name", operation: "created" })).toBe("deployment.apps/web\n");
    expect(printObject(deployment, { operation: "created" })).toBe("deployment.apps/web created\n");
    expect(printObject({ kind: "Status" })).toBe("status/<unknown>\n");
    expect(() => printObject({}, { output: "name" })).toThrow("missing apiVersion or kind");
  });

  test("the object itself is not changed", () => {
    const object = { ...pod, metadata: { managedFields: [], name: "x" } };
    printObject(object, { output: "yaml" });
    expect(object.metadata).toEqual({ managedFields: [], name: "x" });
  });
});

test("what is no object is refused", () => {
  const cycle: { self?: object } = {};
  cycle.self = { cycle };
  expect(() => printObject(cycle, { output: "json" })).toThrow("an object that contains itself has no JSON");
  expect(() => printObject({ n: Number.NaN }, { output: "json" })).toThrow("NaN has no JSON");
  expect(() => printObject("text" as never, { output: "json" })).toThrow(
    "printObject: cannot print a string",
  );
  expect(() => printObject(null as never, { output: "json" })).toThrow("printObject: cannot print null");
  expect(() => printObject(pod, { outptu: "json" } as never)).toThrow(
    'unknown option "outptu"; did you mean "output"?',
  );
  // The same object at two places is no cycle.
  expect(printObject({ a: pod, b: pod }, { output: "jsonpath={.a.kind}{.b.kind}" })).toBe("PodPod");
});

test("errors show nothing of the object, and keep what was printed", () => {
  const secret = { kind: "Secret", apiVersion: "v1", data: { password: "hunter2" } };
  const strict = { allowMissingTemplateKeys: false };
  for (const output of [
    "go-template={{.kind}}{{.data.x.y}}",
    "jsonpath={.data.x}",
    "jsonpath={.data.password[?(@.x)]}",
    "custom-columns=K:.kind,P:.data.password[0]",
    "go-template={{index .data.password.x}}",
    "nope",
  ]) {
    const error = failureOf(() => printObject(secret, { output, ...strict }));
    expect(error).toBeInstanceOf(PrintError);
    const { message, printed, stack } = error as PrintError;
    expect(`${message}${String(printed)}${stack}`).not.toContain("hunter2");
  }
});

describe("a hostile template or object ends in an error, soon", () => {
  const wide = {
    kind: "Wide",
    items: Array.from({ length: 3000 }, (_, i) => ({ text: i === 0 ? "x".repeat(100_000) : "y" })),
  };
  test.each([
    ["a table that alignment makes long", wide, "custom-columns=A:.text,B:.text,C:.kind"],
    [
      "values that multiply",
      { items: [{ a: Array.from({ length: 500 }, () => ({ b: [1, 2, 3] })) }] },
      `custom-columns=A:${".a..b".repeat(1)}[*]${"..".repeat(40)}`,
    ],
    [
      "the whole again and again",
      { a: "x".repeat(2 ** 20) },
      `custom-columns=${Array.from({ length: 200 }, () => "A:.a").join(",")}`,
    ],
  ])("%s", (_what, object, output) => {
    expect(failureOf(() => printObject(object, { output }))).toBeInstanceOf(PrintError);
  });

  test("and one that is deep is printed", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) {
      deep = [deep];
    }
    expect(printObject({ deep }, { output: "custom-columns=A:.deep" }).length).toBeGreaterThan(40_000);
    expect(printObject({ deep }, { output: "jsonpath={.deep}" }).length).toBe(40_001);
  });
});

describe("the flags", () => {
  test("are those of kubectl get, in its words", () => {
    const program = new Command("demo").helpOption(false);
    bindPrintFlags(program);
    const { columns } = process.stdout;
    const help = program.configureHelp({ helpWidth: 10_000 }).helpInformation();
    expect({ columns, help }).toEqual({
      columns,
      help: `Usage: demo [options]

Options:
  -o, --output <value>           Output format. One of: (json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file, custom-columns, custom-columns-file). See custom columns [https://kubernetes.io/docs/reference/kubectl/#custom-columns], golang template [http://golang.org/pkg/text/template/#pkg-overview] and jsonpath template [https://kubernetes.io/docs/reference/kubectl/jsonpath/].
  --template <value>             Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates [http://golang.org/pkg/text/template/#pkg-overview].
  --allow-missing-template-keys  If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output formats. (default: true)
  --no-headers                   When using the default or custom-column output format, don't print headers (default print headers).
  --show-managed-fields          If true, keep the managedFields when printing objects in JSON or YAML format.
`,
    });
  });

  test("are read as pflag does, by subcommands too", () => {
    const program = new Command("demo").exitOverride();
    const get = program
      .command("get")
      .argument("[name]")
      .action(() => undefined);
    const flags = bindPrintFlags(get);
    program.parse(["get", "-oyaml", "--no-headers=true", "x", "--allow-missing-template-keys=f"], {
      from: "user",
    });
    expect(flags).toEqual({
      output: "yaml",
      template: "",
      allowMissingTemplateKeys: false,
      noHeaders: true,
      showManagedFields: false,
    });
    expect(() => bindPrintFlags(get)).toThrow("output");
  });
});
