import { formatGoUrl, parseGoRequestUri, parseGoUrl } from "../../src/go/url.ts";
import { thrownBy } from "../support/fake-host.ts";

describe("a URL is written as Go writes it", () => {
  // What Go 1.26's Parse(…).String() gives.
  test.each([
    ["http://host:80/p?q#f", "http://host:80/p?q#f"],
    ["HTTP://Host/P", "http://Host/P"],
    ["http://h", "http://h"],
    ["http://h?", "http://h?"],
    ["http://h?a?b", "http://h?a?b"],
    ["http://h/a b", "http://h/a%20b"],
    ["http://h/a%2fb", "http://h/a%2fb"],
    ["http://h/a%2fb c", "http://h/a/b%20c"],
    ["http://h/%61", "http://h/%61"],
    ["http://h/[x]", "http://h/[x]"],
    ["http://h/\u00fc", "http://h/%C3%BC"],
    ["http://\u00fc/", "http://%C3%BC/"],
    ["http://u:p@h/", "http://u:p@h/"],
    ["http://u%2Fv@h/", "http://u%2Fv@h/"],
    ["http://@h", "http://@h"],
    ["http://[::1]:80/", "http://[::1]:80/"],
    ["http://[fe80::1%25en0]/", "http://[fe80::1%25en0]/"],
    ["http:/p", "http:/p"],
    ["http:///p", "http:///p"],
    ["http:opaque", "http:opaque"],
    ["//h/p", "//h/p"],
    ["///p", "///p"],
    ["/p", "/p"],
    ["p/q:r", "p/q:r"],
    ["*", "*"],
    ["", ""],
  ])("%j", (text, written) => {
    expect(formatGoUrl(parseGoUrl(text))).toBe(written);
  });
});

describe("what Go refuses is refused in its words", () => {
  test.each([
    [":80", "missing protocol scheme"],
    ["a:b\u0001", "net/url: invalid control character in URL"],
    ["1:2", "first path segment in URL cannot contain colon"],
    ["http://h/%zz", 'invalid URL escape "%zz"'],
    ["http://h/%e\u00fc", 'invalid URL escape "%e\\xc3"'],
    ["http://h/%", 'invalid URL escape "%"'],
    ["http://h%41/", 'invalid URL escape "%41"'],
    ["http://a b/", 'invalid character " " in host name'],
    ["http://a^b/", 'invalid character "^" in host name'],
    ["http://h:x/", 'invalid port ":x" after host'],
    ["http://h:1:2/", 'invalid port ":1:2" after host'],
    ["http://::1/", 'invalid port "::1" after host'],
    ["http://[::1/", "missing ']' in host"],
    ["http://[::1]x/", 'invalid port "x" after host'],
    ["http://a[::1]/", "invalid IP-literal"],
    ["http://[1.2.3.4]/", "invalid IP-literal"],
    ["http://[1.2.3]/", 'invalid host: ParseAddr("1.2.3"): IPv4 address too short'],
    ["http://[x]/", 'invalid host: ParseAddr("x"): unable to parse IP'],
    ["http://[%25x]/", 'invalid host: ParseAddr("%x"): missing IPv6 address'],
    ["http://[::1%25]/", 'invalid host: ParseAddr("::1%"): zone must be a non-empty string'],
    ["http://[1:2]/", 'invalid host: ParseAddr("1:2"): address string too short'],
    [
      "http://[12345::]/",
      'invalid host: ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")',
    ],
    ["http://[1::2::3]/", 'invalid host: ParseAddr("1::2::3"): multiple :: in address (at ":3")'],
    [
      "http://[1:2:3:4:5:6:7:8:9]/",
      'invalid host: ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")',
    ],
    ["http://u p@h/", "net/url: invalid userinfo"],
  ])("%j", (text, message) => {
    expect(thrownBy(() => parseGoUrl(text))).toMatchObject({ name: "GoUrlError", message });
  });

  test("but for what may be a piece of a password", () => {
    expect(thrownBy(() => parseGoUrl("http://u:s%zecret@h/"))).toMatchObject({
      message: "invalid URL escape in userinfo",
    });
  });
});

describe("the URI of a request", () => {
  test("has no fragment: a # belongs to its path", () => {
    expect(formatGoUrl(parseGoRequestUri("http://h/p#f"))).toBe("http://h/p%23f");
  });

  test.each([
    ["", "empty url"],
    ["h/p", "invalid URI for request"],
  ])("may not be %j", (text, message) => {
    expect(thrownBy(() => parseGoRequestUri(text))).toMatchObject({ message });
  });

  test("may be a path that begins with two slashes", () => {
    expect(parseGoRequestUri("//h/p")).toMatchObject({ host: "", path: "//h/p" });
  });
});
