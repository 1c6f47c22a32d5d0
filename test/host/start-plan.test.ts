import { elfLoaders } from "../../src/host/elf.ts";
import type { OpenExecutable } from "../../src/host/start-plan.ts";
import { planStart, startError } from "../../src/host/start-plan.ts";
import { elfFile, linkedElfFile } from "../support/elf-file.ts";

interface MemoryFile extends OpenExecutable {
  readonly name: string;
}

/** Plans the start of a file among these; `null` for one that may not be read. Tells which files were left open. */
function plan(
  files: Readonly<Record<string, string | Uint8Array | null>>,
  path: string,
  argv: readonly string[] = ["plug", "a", "b"],
): { readonly runs: string; readonly argv: readonly string[] } | string {
  const isOpen = new Set<string>();
  const open = (name: string): MemoryFile => {
    const content = files[name];
    if (content === undefined) {
      throw startError("ENOENT");
    }
    isOpen.add(name);
    const bytes = content === null ? undefined : Buffer.from(content as string, "latin1");
    return {
      name,
      read: bytes && ((offset, length) => bytes.subarray(offset, offset + length)),
      close: () => void isOpen.delete(name),
    };
  };
  const machine = {
    loaders: elfLoaders("x86_64", true, true),
    open,
    hasOtherFormat: (_path: string, head: Uint8Array) => head[0] === 0x4d,
  };
  try {
    const { file, ...found } = planStart(machine, path, argv);
    expect([...isOpen]).toEqual([file.name]);
    return { runs: `${found.path}${found.hasOtherFormat ? ", by the system" : ""}`, argv: found.argv };
  } catch (error) {
    expect([...isOpen]).toEqual([]);
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const sh = elfFile();

describe("the start of an executable is planned as Linux does it", () => {
  test("a program gets its arguments as they are", () => {
    expect(plan({ "/p": sh }, "/p")).toEqual({ runs: "/p", argv: ["plug", "a", "b"] });
  });

  test("a script's interpreter gets its argument and the path of the script", () => {
    const files = { "/bin/sh": sh, "/p": "#!/bin/sh -e x\n", "/q": "#!/bin/sh\n" };
    expect(plan(files, "/p")).toEqual({ runs: "/bin/sh", argv: ["/bin/sh", "-e x", "/p", "a", "b"] });
    expect(plan(files, "/q", ["plug"])).toEqual({ runs: "/bin/sh", argv: ["/bin/sh", "/q"] });
  });

  test("an interpreter may be a script, five deep", () => {
    const files = Object.fromEntries([
      ["/0", sh],
      ...[1, 2, 3, 4, 5, 6].map((depth) => [`/${depth}`, `#!/${depth - 1} ${depth}\n`]),
    ]) as Record<string, string>;
    expect(plan(files, "/2")).toEqual({ runs: "/0", argv: ["/0", "1", "/1", "2", "/2", "a", "b"] });
    expect(plan(files, "/5")).toMatchObject({ runs: "/0" });
    expect(plan(files, "/6")).toBe("ELOOP");
    expect(plan({ "/p": "#!/p\n" }, "/p")).toBe("ELOOP");
  });

  test("a file that may not be read is left to the system", () => {
    expect(plan({ "/p": null }, "/p")).toMatchObject({ runs: "/p" });
    expect(plan({ "/p": "#!/i\n", "/i": null }, "/p")).toEqual({ runs: "/i", argv: ["/i", "/p", "a", "b"] });
  });

  test("a file of a kind that the system was told of is left to it", () => {
    expect(plan({ "/p": "MZ" }, "/p")).toMatchObject({ runs: "/p, by the system" });
    expect(plan({ "/p": "#!/i\n", "/i": "MZ" }, "/p")).toEqual({
      runs: "/i, by the system",
      argv: ["/i", "/p", "a", "b"],
    });
  });

  test.each<readonly [string, string | Uint8Array, string]>([
    ["a text", "echo hi\n", "ENOEXEC"],
    ["an empty file", "", "ENOEXEC"],
    ["a script after a byte order mark", "\xef\xbb\xbf#!/bin/sh\n", "ENOEXEC"],
    ["a script without an interpreter", "#!\necho hi\n", "ENOEXEC"],
    ["a script whose interpreter is a text", "#!/text\n", "ENOEXEC"],
    ["a script whose interpreter is not there", "#!/no\n", "ENOENT"],
    ["a script whose interpreter has Windows' line end", "#!/bin/sh\r\n", "ENOENT"],
    ["a script whose interpreter has no name", "#!", "EACCES"],
    ["a script whose line is not UTF-8, which cannot be passed on", "#!/bin/sh \xff\n", "ENOEXEC"],
    ["a program whose linker is not there", linkedElfFile("/no\0"), "ENOENT"],
    ["a program whose linker has no name", linkedElfFile("\0\0"), "EACCES"],
    ["a program whose linker is a text", linkedElfFile("/text\0"), "EIO"],
    ["a program whose linker is a long text", linkedElfFile("/long\0"), "ELIBBAD"],
    ["Mach-O", "\xfe\xed\xfa\xce", "ENOEXEC"],
  ])("%s is refused", (_what, content, code) => {
    const files = { "/bin/sh": sh, "/text": "junk\n", "/long": "x".repeat(100), "/p": content };
    expect(plan(files, "/p")).toBe(code);
  });

  test("a program with a linker is left to it", () => {
    const files = { "/p": linkedElfFile("/ld\0"), "/ld": elfFile({ type: 3 }) };
    expect(plan(files, "/p")).toMatchObject({ runs: "/p" });
  });
});
