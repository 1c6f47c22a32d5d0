import { read, refusal } from "./reading.ts";

// Expected values: sigs.k8s.io/yaml 1.6.0 on go-yaml 2.4.3.
describe("anchors, aliases and merges", () => {
  describe("Anchors and aliases", () => {
    test.each([
      ["- &a b\n- *a", '["b","b"]'],
      ["a: &x [1, 2]\nb: *x", '{"a":[1,2],"b":[1,2]}'],
      ["a: &x {b: c}\nd: *x", '{"a":{"b":"c"},"d":{"b":"c"}}'],
      ["- &a b\n- &a c\n- *a", '["b","c","c"]'],
      ["- &a\n- *a", "[null,null]"],
      ["- &a ''\n- *a", '["",""]'],
      ["&a b", '"b"'],
      ["&a\nb", '"b"'],
      ["&a\n- b", '["b"]'],
      ["- &a [&a b, *a]", '[["b","b"]]'],
      ["- &a b\n- *a : c", '["b",{"b":"c"}]'],
      ["- &a b\n- {*a : c}", '["b",{"b":"c"}]'],
      ["- &a b\n- {*a: c}", '["b",{"b":"c"}]'],
      ["&a b: c\nd: *a", '{"b":"c","d":"b"}'],
      ["- &a 1\n- {*a : x}", '[1,{"1":"x"}]'],
      ["- &a-b_1 c\n- *a-b_1", '["c","c"]'],
      ["[&a, *a]", "[null,null]"],
      ["[&a b,*a]", '["b","b"]'],
      ["{&a b: *a}", '{"b":"b"}'],
      ["- &a !!int '1'\n- *a", "[1,1]"],
      ["- !!int &a '1'\n- *a", "[1,1]"],
      ["- &a |\n b\n- *a", '["b\\n","b\\n"]'],
      ["a: &a\nb: *a", '{"a":null,"b":null}'],
      ["a: &a b\n---\nc: *a", '{"a":"b"}'],
      ["&a a: &b b\n*b : *a", '{"a":"b","b":"a"}'],
      ["?&a b", '"?\\u0026a b"'],
      ["- &a b\n- *a: c", '["b",{"b":"c"}]'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["&a [b, *a]", "anchor 'a' value contains itself"],
      ["&a {b: *a}", "anchor 'a' value contains itself"],
      ["- &a [*a]", "anchor 'a' value contains itself"],
      ["- &a [&b [*a]]", "anchor 'a' value contains itself"],
      ["- *a", "unknown anchor referenced"],
      ["a: *b", "unknown anchor referenced"],
      ["*a", "unknown anchor referenced"],
      ["- *a\n- &a b", "unknown anchor referenced"],
      ["*a: b", "unknown anchor referenced"],
      ["- &a [x]\n- {*a : x}", "invalid map key"],
      ["- &a ~\n- {*a : x}", "unsupported map key of type: null"],
      ["- & a", "did not find expected alphabetic or numeric character"],
      ["- * a", "did not find expected alphabetic or numeric character"],
      ["- &", "did not find expected alphabetic or numeric character"],
      ["- *", "did not find expected alphabetic or numeric character"],
      ["- &a! b", "did not find expected alphabetic or numeric character"],
      ["- &a.b c", "did not find expected alphabetic or numeric character"],
      ["- &\u00e9 b", "did not find expected alphabetic or numeric character"],
      ["- &a,b", "did not find expected '-' indicator"],
      ["- &a &b c", "did not find expected '-' indicator"],
      ["- &a *b", "did not find expected '-' indicator"],
      ["- &x a\n- &y *x", "did not find expected '-' indicator"],
      ["a: *b\nb: &b c", "unknown anchor referenced"],
      ["- &a - b", "block sequence entries are not allowed in this context"],
      ["- *a b", "unknown anchor referenced"],
      ["- &a: b", "unsupported map key of type: null"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });

  describe("Merges", () => {
    test.each([
      ["<<: {a: b}", '{"a":"b"}'],
      ["a: 1\n<<: {a: 2}", '{"a":2}'],
      ["<<: {a: 2}\na: 1", '{"a":1}'],
      ["<<: {a: 1}\n<<: {a: 2, b: 3}", '{"a":2,"b":3}'],
      ["<<: [{a: 1}, {a: 2, b: 3}]", '{"a":1,"b":3}'],
      ["x: &x {a: 1}\ny: {<<: *x}", '{"true":{"a":1},"x":{"a":1}}'],
      ["x: &x {a: 1}\ny: {<<: [*x, {b: 2}]}", '{"true":{"a":1,"b":2},"x":{"a":1}}'],
      [
        "x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}",
        '{"true":{"a":1,"b":2},"x":{"a":1},"z":{"a":1,"b":2}}',
      ],
      ["<<: []", "{}"],
      ["<<: {}", "{}"],
      ["'<<': {a: b}", '{"\\u003c\\u003c":{"a":"b"}}'],
      ['"<<": a', '{"\\u003c\\u003c":"a"}'],
      ["! '<<': {a: b}", '{"a":"b"}'],
      ["!!merge '<<': {a: b}", '{"a":"b"}'],
      ["!!str <<: {a: b}", '{"\\u003c\\u003c":{"a":"b"}}'],
      ["!!merge a: b", '{"a":"b"}'],
      ["- <<", '["\\u003c\\u003c"]'],
      ["<<", '"\\u003c\\u003c"'],
      ["a: <<", '{"a":"\\u003c\\u003c"}'],
      ["- &m <<\n- {*m : {a: b}}", '["\\u003c\\u003c",{"\\u003c\\u003c":{"a":"b"}}]'],
      ["? <<\n: {a: b}", '{"a":"b"}'],
      ["{<<: {a: b}}", '{"a":"b"}'],
      ["[<<: {a: b}]", '[{"a":"b"}]'],
      ["{<<: {<<: {a: 1}, b: 2}, c: 3}", '{"a":1,"b":2,"c":3}'],
      ["x: {<<: {~: a}}\nx: 1", '{"x":1}'],
      ["<<: &a {b: c}\nd: *a", '{"b":"c","d":{"b":"c"}}'],
    ])("reads %j as %s", (yaml, json) => {
      expect(read(yaml)).toBe(json);
    });

    test.each([
      ["<<: a", "map merge requires map or sequence of maps as the value"],
      ["<<:", "map merge requires map or sequence of maps as the value"],
      ["<<: [a]", "map merge requires map or sequence of maps as the value"],
      ["<<: [[{a: b}]]", "map merge requires map or sequence of maps as the value"],
      ["<<: [{a: b}, c]", "map merge requires map or sequence of maps as the value"],
      ["x: &x [1]\ny: {<<: *x}", "map merge requires map or sequence of maps as the value"],
      ["x: &x a\ny: {<<: *x}", "map merge requires map or sequence of maps as the value"],
      ["x: &x [{a: 1}]\ny: {<<: *x}", "map merge requires map or sequence of maps as the value"],
      ["x: &x {a: 1}\ny: &y [*x]\nz: {<<: *y}", "map merge requires map or sequence of maps as the value"],
      ["&a {<<: *a}", "anchor 'a' value contains itself"],
      ["x: &x {<<: *x}", "anchor 'x' value contains itself"],
      ["<<: {~: a}", "unsupported map key of type: null"],
    ])("refuses %j: %s", (yaml, reason) => {
      expect(refusal(yaml).reason).toBe(reason);
    });
  });
});
