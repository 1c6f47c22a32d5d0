import { gzipSync } from "fflate";

const BLOCK = 512;

/**
 * Makes a .tar.gz of files (POSIX ustar) that is the same to the byte whenever and wherever it is made: names sorted,
 * no owner, no time.
 *
 * @param files - by name: at most 100 bytes of ASCII
 */
export function tarGz(files) {
  const parts = [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, { data, mode }]) => [
      header(name, data.length, mode),
      data,
      Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK),
    ]);
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), { level: 9, mtime: 0 });
}

function header(name, size, mode) {
  const block = Buffer.alloc(BLOCK);
  const put = (at, text) => block.write(text, at, "latin1");
  put(0, name);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(0, 11));
  // The checksum counts itself as blanks.
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\x0000");
  const sum = block.reduce((total, octet) => total + octet, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

function octal(value, digits) {
  return `${value.toString(8).padStart(digits, "0")}\0`;
}
