import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("keys as JSON strings", () => {
  describe("Scalars", () => {
    test.each([
      ["1: a", '{"1":"a"}'],
      ["-1: a", '{"-1":"a"}'],
      ["0x10: a", '{"16":"a"}'],
      ["010: a", '{"8":"a"}'],
      ["+1: a", '{"1":"a"}'],
      ["true: a", '{"true":"a"}'],
      ["yes: a", '{"true":"a"}'],
      ["y: a", '{"true":"a"}'],
      ["no: a", '{"false":"a"}'],
      ["off: a", '{"false":"a"}'],
      ["'yes': a", '{"yes":"a"}'],
      ["1.5: a", '{"1.5":"a"}'],
      ["1.0: a", '{"1":"a"}'],
      ["08: a", '{"8":"a"}'],
      ["1e3: a", '{"1000":"a"}'],
      ["1e6: a", '{"1e+06":"a"}'],
      ["1000000.0: a", '{"1e+06":"a"}'],
      ["123456789.0: a", '{"1.2345679e+08":"a"}'],
      ["0.1: a", '{"0.1":"a"}'],
      ["0.0001: a", '{"0.0001":"a"}'],
      ["0.00001: a", '{"1e-05":"a"}'],
      ["16777217.0: a", '{"1.6777216e+07":"a"}'],
      ["3.4028235e38: a", '{"3.4028235e+38":"a"}'],
      ["3.5e38: a", '{".inf":"a"}'],
      ["-1e300: a", '{"-.inf":"a"}'],
      ["1e-45: a", '{"1e-45":"a"}'],
      ["2600045.25: a", '{"2.6000452e+06":"a"}'],
      ["1136613.75: a", '{"1.1366138e+06":"a"}'],
      ["0.000244140625: a", '{"0.00024414062":"a"}'],
      ["1.5474250491067253e+26: a", '{"1.5474251e+26":"a"}'],
      ["1.262177448353619e-29: a", '{"1.2621775e-29":"a"}'],
      ["1e-50: a", '{"0":"a"}'],
      ["-0: a", '{"0":"a"}'],
      ["-0.0: a", '{"-0":"a"}'],
      ["-.0: a", '{"-0":"a"}'],
      [".inf: a", '{".inf":"a"}'],
      ["-.inf: a", '{"-.inf":"a"}'],
      [".nan: a", '{".nan":"a"}'],
      ["9223372036854775807: a", '{"9223372036854775807":"a"}'],
      ["18446744073709551616: a", '{"1.8446744e+19":"a"}'],
      ["-9223372036854775808: a", '{"-9223372036854775808":"a"}'],
      ["'': a", '{"":"a"}'],
      ["'~': a", '{"~":"a"}'],
      ["!!str ~: a", '{"~":"a"}'],
      ["!!int '1': a", '{"1":"a"}'],
      ["!!float 1: a", '{"1":"a"}'],
      ["!!float 1000000: a", '{"1e+06":"a"}'],
      ["!!binary aGk=: a", '{"hi":"a"}'],
      ["!!binary gIE=: a", '{"\ufffd\ufffd":"a"}'],
      ["2001-12-14: a", '{"2001-12-14":"a"}'],
      ["!!timestamp 2001-12-14: a", '{"2001-12-14":"a"}'],
      ["!foo 1: a", '{"1":"a"}'],
      ["__proto__: a", '{"__proto__":"a"}'],
      ["constructor: a", '{"constructor":"a"}'],
      ["? |\n a\n: b", '{"a\\n":"b"}'],
      ["1: a\n2: b\n10: c", '{"1":"a","10":"c","2":"b"}'],
      ["a b: c", '{"a b":"c"}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["9223372036854775808: a", "unsupported map key of type: uint64"],
      ["18446744073709551615: a", "unsupported map key of type: uint64"],
      ["~: a", "unsupported map key of type: null"],
      ["null: a", "unsupported map key of type: null"],
      [": a", "did not find expected key"],
      ["!!null '': a", "unsupported map key of type: null"],
      ["!!binary a: a", "!!binary value contains invalid base64 data"],
      ["!!int a: a", "cannot decode !!str as a !!int"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Duplicates: the last one wins", () => {
    test.each([
      ["a: 1\na: 2", '{"a":2}'],
      ["a: 1\nb: 2\na: 3", '{"a":3,"b":2}'],
      ["{a: 1, a: 2}", '{"a":2}'],
      ["a: {b: 1}\na: {c: 2}", '{"a":{"c":2}}'],
      ["1: a\n1: b", '{"1":"b"}'],
      ["0x1: a\n1: b", '{"1":"b"}'],
      ["a: {~: 1}\na: 2", '{"a":2}'],
      ["a: .nan\na: 2", '{"a":2}'],
      ["a: {18446744073709551615: 1}\na: 2", '{"a":2}'],
      ["a: [{~: b}]\na: []", '{"a":[]}'],
      ["? a\n? a\n: 1", '{"a":1}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["a: !!int x\na: 2", "cannot decode !!str as a !!int"],
      ["a: {[b]: c}\na: 2", "invalid map key"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Collections", () => {
    test.each([
      ["? &x a\n: *x", '{"a":"a"}'],
      ["z:\n  ? a\n  :\n  []: x\nz: 1", '{"z":1}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["[a]: b", "invalid map key"],
      ["{[a]: b}", "invalid map key"],
      ["{{a: b}: c}", "invalid map key"],
      ["? [a]\n: b", "invalid map key"],
      ["? {}\n: b", "invalid map key"],
      ["? - a\n: b", "invalid map key"],
      ["- &x {a: b}\n- {*x : c}", "invalid map key"],
      ["{[]: b}", "invalid map key"],
      ["a: []: b", "mapping values are not allowed in this context"],
      ["- []: b", "did not find expected '-' indicator"],
      ["? []: b\n: c", "did not find expected key"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
