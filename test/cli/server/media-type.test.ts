import { parseMediaType } from "../../../src/cli/server/media-type.ts";

describe("a media type is read as Go's mime.ParseMediaType reads it", () => {
  test.each([
    ["application/json", "application/json"],
    [" Application/JSON ; Charset=utf-8", "application/json"],
    ["text/plain;a=b;", "text/plain"],
    ['text/plain; a="b;c\\"d"', "text/plain"],
    ["text/plain; a=b; A=b", "text/plain"],
    ["text", "text"],
  ])("%s is %s", (text, type) => {
    expect(parseMediaType(text)).toBe(type);
  });

  test.each([
    [";a=b", "mime: no media type"],
    ["a b", "mime: expected slash after first token"],
    ["a/", "mime: expected token after slash"],
    ["a/b/c", "mime: unexpected content after media subtype"],
    ["a/b; =", "mime: invalid media parameter"],
    ["a/b; c=", "mime: invalid media parameter"],
    ["a/b; c=1; C=2", "mime: duplicate parameter name"],
  ])("%s is refused: %s", (text, message) => {
    expect(() => parseMediaType(text)).toThrow(message);
  });
});
