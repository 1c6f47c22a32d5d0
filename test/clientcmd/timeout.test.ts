import { parseTimeout } from "../../src/clientcmd/timeout.ts";

describe("a timeout is seconds, or what Go calls a duration", () => {
  test.each([
    ["0", 0],
    ["5", 5000],
    ["+5", 5000],
    ["-0", 0],
    ["5s", 5000],
    ["1h2m3.5s", 3_723_500],
    ["100ms", 100],
    ["-1s", -1000],
    ["9223372036", 9_223_372_036_000],
    // Go's nanoseconds wrap around.
    ["9223372037", -9_223_372_036_709.553],
    ["18446744074", 290.448],
  ])("%s", (text, milliseconds) => {
    expect(parseTimeout(text)).toBeCloseTo(milliseconds, 2);
  });
});

describe("what is neither is refused in client-go's words", () => {
  test.each(["", "-5", "1.5", " 5", "5 s", "1d", "abc", "0x5", "1e3", "9223372036854775808"])(
    "%j",
    (text) => {
      expect(() => parseTimeout(text)).toThrow(
        "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
      );
    },
  );
});
