import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("tags", () => {
  describe("Standard tags", () => {
    test.each([
      ["!!str 1", '"1"'],
      ["!!str", '""'],
      ["!!str ~", '"~"'],
      ["!!str '1'", '"1"'],
      ["!!int 1", "1"],
      ["!!int '1'", "1"],
      ['!!int "0x10"', "16"],
      ["!!int |-\n 1\n", "1"],
      ["!!float 1", "1"],
      ["!!float 1.5", "1.5"],
      ["!!float '1'", "1"],
      ["!!float 9223372036854775807", "9223372036854776000"],
      ["!!float -9223372036854775808", "-9223372036854776000"],
      ["!!float 9007199254740993", "9007199254740992"],
      ["!!bool yes", "true"],
      ["!!bool 'true'", "true"],
      ["!!null ~", "null"],
      ["!!null ''", "null"],
      ["!!null", "null"],
      ["!!null null", "null"],
      ["!!binary aGk=", '"hi"'],
      ["!!binary 'aGk='", '"hi"'],
      ["!!binary |\n aG\n k=\n", '"hi"'],
      ["!!binary ''", '""'],
      ["!!binary", '""'],
      ["!!binary gIE=", '"\ufffd\ufffd"'],
      ["!!binary 7aCA", '"\ufffd\ufffd\ufffd"'],
      ["!!binary 8J+YgA==", '"\ud83d\ude00"'],
      ["!!binary w6k=", '"\u00e9"'],
      ["!!binary 4oI=", '"\ufffd\ufffd"'],
      ["!!binary aG+/vQ==", '"ho\ufffd\ufffd"'],
      ["!!binary /+8=", '"\ufffd\ufffd"'],
      ["!!merge a", '"a"'],
      ["!!merge <<", '"\\u003c\\u003c"'],
      ["!!map a", '"a"'],
      ["!!seq a", '"a"'],
      ["!!set a", '"a"'],
      ["!!omap a", '"a"'],
      ["!!foo 1", '"1"'],
      ["!!map [a]", '["a"]'],
      ["!!seq {a: b}", '{"a":"b"}'],
      ["!!int [1]", "[1]"],
      ["!!int {a: b}", '{"a":"b"}'],
      ["!!null [a]", '["a"]'],
      ["a: !!null\n  b: c", '{"a":{"b":"c"}}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["!!int a", "cannot decode !!str as a !!int"],
      ["!!int 1.5", "cannot decode !!float as a !!int"],
      ["!!int ''", "cannot decode !!null as a !!int"],
      ["!!int", "cannot decode !!null as a !!int"],
      ["!!int ~", "cannot decode !!null as a !!int"],
      ["!!int |\n 1\n", "cannot decode !!str as a !!int"],
      ["!!float a", "cannot decode !!str as a !!float"],
      ["!!float .inf", "unsupported value: +Inf"],
      ["!!float 18446744073709551615", "cannot decode !!int as a !!float"],
      ["!!float ~", "cannot decode !!null as a !!float"],
      ["!!bool 1", "cannot decode !!int as a !!bool"],
      ["!!bool a", "cannot decode !!str as a !!bool"],
      ["!!null a", "cannot decode !!str as a !!null"],
      ["!!null 0", "cannot decode !!int as a !!null"],
      ["!!binary aGk", "!!binary value contains invalid base64 data"],
      ["!!binary 'aGk= '", "!!binary value contains invalid base64 data"],
      ["!!binary =", "!!binary value contains invalid base64 data"],
      ["!!binary a===", "!!binary value contains invalid base64 data"],
      ["!!binary aGk-", "!!binary value contains invalid base64 data"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Timestamps", () => {
    test.each([
      ["!!timestamp 2001-12-14", '"2001-12-14"'],
      ["!!timestamp '2001-12-14'", '"2001-12-14"'],
      ["!!timestamp 2001-1-1", '"2001-1-1"'],
      ["!!timestamp 2000-2-29", '"2000-2-29"'],
      ["!!timestamp 2001-12-14T21:59:43Z", '"2001-12-14T21:59:43Z"'],
      ["!!timestamp 2001-12-14t21:59:43.10-05:00", '"2001-12-14t21:59:43.10-05:00"'],
      ["!!timestamp 2001-12-14T1:2:3+00:00", '"2001-12-14T1:2:3+00:00"'],
      ["!!timestamp 2001-12-14T1:2:3,5Z", '"2001-12-14T1:2:3,5Z"'],
      ["!!timestamp 2001-12-14 21:59:43", '"2001-12-14 21:59:43"'],
      ["!!timestamp 2001-12-14  21:59:43.123456789012", '"2001-12-14  21:59:43.123456789012"'],
      ["2001-12-14", '"2001-12-14"'],
      ["2001-12-14T21:59:43Z", '"2001-12-14T21:59:43Z"'],
      ["2001-12-14: a", '{"2001-12-14":"a"}'],
      ["!!str 2001-12-14", '"2001-12-14"'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["!!timestamp 2001-13-1", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-0-1", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-2-29", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 1900-2-29", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-4-31", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-1-0", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14T1:2:3.Z", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14T24:00:00Z", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14T23:60:00Z", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14T23:59:60Z", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14T21:59:43", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14 21:59:43Z", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12-14 21:59:43 +5", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 01-12-14", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001-12", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp 2001", "cannot decode !!int as a !!timestamp"],
      ["!!timestamp a", "cannot decode !!str as a !!timestamp"],
      ["!!timestamp ''", "cannot decode !!null as a !!timestamp"],
      ["!!timestamp 1", "cannot decode !!int as a !!timestamp"],
      ["!!int 2001-12-14", "cannot decode !!str as a !!int"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Other tags", () => {
    test.each([
      ["! 1", '"1"'],
      ["! a", '"a"'],
      ["!", '""'],
      ["! ''", '""'],
      ["! [a]", '["a"]'],
      ["- ! 1\n- !", '["1",""]'],
      ["!foo 1", '"1"'],
      ["!foo", '""'],
      ["!foo [1]", "[1]"],
      ["!<tag:yaml.org,2002:int> '1'", "1"],
      ["!<tag:yaml.org,2002:str> 1", '"1"'],
      ["!<!> 1", '"1"'],
      ["!<!foo> 1", '"1"'],
      ["!<!!int> 1", '"1"'],
      ["!<x> 1", '"1"'],
      ["!!%69nt '1'", "1"],
      ["!%69nt '1'", '"1"'],
      ["!!%c3%a9 1", '"1"'],
      ["!!int[] 1", '"1"'],
      ["!a,b 1", '"1"'],
      ["[!!int 1, !!str 2]", '[1,"2"]'],
      ["[!!str, a]", '["a"]'],
      ["[!!str a,!!str b]", '["a","b"]'],
      ["{!!str a: !!int '1'}", '{"a":1}'],
      ["{!!str : a}", '{"":"a"}'],
      ["!!str\na: b", '{"a":"b"}'],
      ["!!int\n'1'", "1"],
      ["!!str\n- a", '["a"]'],
      ["- !!str\n- !!int '2'", '["",2]'],
      ["!!str a: b", '{"a":"b"}'],
      ["!!int '1': b", '{"1":"b"}'],
      ["!!str,", '""'],
      ["a: !b", '{"a":""}'],
      ["a: b!c", '{"a":"b!c"}'],
      ["a: !-x", '{"a":""}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["!foo!bar 1", "found undefined tag handle"],
      ["!<> 1", "did not find expected tag URI"],
      ["!<x 1", "did not find the expected '>'"],
      ["!<x>1", "did not find expected whitespace or line break"],
      ["!!%c3 1", "did not find URI escaped octet"],
      ["!!%c3%28 1", "found an incorrect trailing UTF-8 octet"],
      ["!!%ff 1", "found an incorrect leading UTF-8 octet"],
      ["!!%6 1", "did not find URI escaped octet"],
      ["!!%zz 1", "did not find URI escaped octet"],
      ["!a{b 1", "did not find expected whitespace or line break"],
      ["!a|b 1", "did not find expected whitespace or line break"],
      ['!a"b 1', "did not find expected whitespace or line break"],
      ["!! a", "did not find expected tag URI"],
      ["!!\ta", "did not find expected tag URI"],
      ["!\u00e9 a", "did not find expected whitespace or line break"],
      ["a: !b!", "did not find expected tag URI"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
