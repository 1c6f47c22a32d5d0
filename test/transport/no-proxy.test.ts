import { isDirect } from "../../src/transport/no-proxy.ts";

describe("NO_PROXY is read as Go reads it", () => {
  test.each([
    ["", "foo.com", 443, false],
    ["*", "foo.com", 443, true],
    ["foo.com", "foo.com", 443, true],
    ["foo.com", "bar.foo.com", 443, true],
    ["foo.com", "xfoo.com", 443, false],
    ["FOO.com", "Foo.COM", 443, true],
    [".foo.com", "foo.com", 443, false],
    [".foo.com", "bar.foo.com", 443, true],
    ["*.foo.com", "bar.foo.com", 443, true],
    ["*.foo.com", "foo.com", 443, false],
    ["*foo.com", "xfoo.com", 443, false],
    ["foo.com:443", "foo.com", 443, true],
    ["foo.com:443", "foo.com", 6443, false],
    [" a.com , foo.com ", "foo.com", 443, true],
    ["10.0.0.0/8", "10.1.2.3", 443, true],
    [" 10.0.0.0/8", "10.1.2.3", 443, true],
    ["10.0.0.0/8", "11.1.2.3", 443, false],
    ["10.0.0.1", "10.0.0.1", 443, true],
    ["10.0.0.1:443", "10.0.0.1", 443, true],
    ["10.0.0.1:443", "10.0.0.1", 6443, false],
    ["192.168.1.0/33", "192.168.1.7", 443, false],
    ["2001:db8::/32", "2001:db8::5", 443, true],
    ["[2001:db8::5]:6443", "2001:db8::5", 6443, true],
    ["[2001:db8::5]:6443", "2001:db8::5", 443, false],
    ["::/0", "10.0.0.1", 443, false],
    ["::ffff:10.0.0.0/104", "10.0.0.1", 443, true],
    [":443", "foo.com", 443, false],
    ["", "localhost", 443, true],
    ["", "LOCALHOST", 443, false],
    ["", "127.9.9.9", 443, true],
    ["", "::1", 443, true],
  ])("%j: %s port %d is reached directly: %s", (list, hostname, port, want) => {
    expect(isDirect(list, hostname, port)).toBe(want);
  });
});
