import { parseProxyUrl } from "../../src/clientcmd/proxy-url.ts";

test.each(["http://h", "https://u:p@h:3128", "socks5://h", "HTTP://h", "http:"])(
  "%s may be a proxy",
  (text) => {
    expect(parseProxyUrl(text).scheme).toMatch(/^(http|https|socks5)$/);
  },
);

test.each([
  ["socks6://h", 'unsupported scheme "socks6", must be http, https, or socks5'],
  ["h", 'unsupported scheme "", must be http, https, or socks5'],
  ["http://[x", "could not parse: http://[x"],
  ["http://u:secret@h/%", "could not parse: http://REDACTED@h/%"],
])("%s may not, and no password is shown", (text, message) => {
  expect(() => parseProxyUrl(text)).toThrow(message);
});
