import { parseGoTemplate, TemplateError } from "../../../src/printers/go-template/go-template.ts";
import { randomText } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected } from "../target.ts";
import { DOCUMENT } from "./jsonpath-target.ts";

const EXAMPLES = [
  '{{range .clusters}}{{.name}}{{"\\n"}}{{end}}',
  '{{range $i, $c := .clusters}}{{$i}}: {{$c.cluster.server | printf "%q"}}{{else}}none{{end}}',
  '{{define "x"}}{{.}}{{end}}{{template "x" .kind}}{{block "y" .}}{{end}}',
  '{{if and (eq .kind "Config") (not .contexts)}}{{len .clusters}}{{else if .x}}{{end}}',
  '{{with index .clusters 0}}{{.name | js | html | urlquery}}{{end}}{{/* c */ -}} x {{- slice "abc" 1 2}}',
  '{{printf "%05.2f %x %v %T %+d %*d" 1.5 255 .clusters .big 3 4 5}}{{print 1 "a" nil}}',
  '{{"QUJD" | base64decode}}{{exists . "kind"}}{{break}}{{continue}}',
];

const TOKENS =
  "{{ }} {{- -}} . $ $x := = | ( ) , \" ` ' range end if else with define template block break continue and or not eq ne lt le gt ge len index slice print printf println html js urlquery call exists base64decode nil true 1 -1 0x1F 1e99 1i 'a' %v %q %x %99999d %[3]*.[2]*[1]f %!  /* */ .a.b .clusters é \0 \\xff 9223372036854775808".split(
    " ",
  );

export const target: FuzzTarget = {
  name: "templates",
  cases: 95_000,
  make: (random, corpus) => randomText(random, EXAMPLES, TOKENS, corpus),
  run: (input) => {
    const text = Buffer.from(input).toString();
    for (const allowMissingKeys of [true, false]) {
      try {
        parseGoTemplate(text, { allowMissingKeys }).execute(DOCUMENT);
      } catch (error) {
        expected(error, [TemplateError]);
      }
    }
  },
};
