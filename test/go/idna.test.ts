import { hostHeader, lookupName } from "../../src/go/idna.ts";

// test/conformance/wire/cases/handshakes.ts has what kubectl makes of most of these.
describe("a host is looked up by the name that Go's idna.Lookup gives it", () => {
  test.each([
    ["bücher.test", "xn--bcher-kva.test"],
    ["BÜCHER.test.", "xn--bcher-kva.test."],
    ["bu\u0308cher.test", "xn--bcher-kva.test"],
    ["faß.test", "xn--fa-hia.test"],
    ["API.test", "API.test"],
    ["under_score.test", "under_score.test"],
    ["ü_x.test", "ü_x.test"],
    ["-ü-.test", "-ü-.test"],
    ["ab--ü.test", "ab--ü.test"],
    ["", ""],
  ])("%j is %j", (name, want) => {
    expect(lookupName(name)).toBe(want);
  });
});

describe("a host is sent in ASCII as it was written, and without a zone", () => {
  test.each([
    ["bücher.test:6443", "xn--bcher-kva.test:6443"],
    ["BÜCHER.test", "xn--BCHER-2pa.test"],
    ["api.ü", "api.xn--tda"],
    ["api.ü:1", "api.xn--tda:1"],
    // From RFC 3492, 7.1.
    ["他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"],
    ["Pročprostěnemluvíčesky", "xn--Proprostnemluvesky-uyb24dma41a"],
    ["3年B組金八先生", "xn--3B-ww4c5e180e575a65lsy2b"],
    ["почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"],
    ["[::1%lo]:6443", "[::1]:6443"],
    ["[::1]:6443", "[::1]:6443"],
    ["api.test:1", "api.test:1"],
  ])("%j is %j", (host, want) => {
    expect(hostHeader(host)).toBe(want);
  });
});
