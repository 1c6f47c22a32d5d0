// Answers what pflag makes of command lines: reads a JSON list of argvs, prints a JSON list of answers. The flags are
// those that clientcmd binds (client-go 0.36, tools/clientcmd/overrides.go) with the names that recorded.test.ts sets.
package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

type answer struct {
	Argv   []string    `json:"argv"`
	Values interface{} `json:"values,omitempty"`
	Args   *[]string   `json:"args,omitempty"`
	Error  string      `json:"error,omitempty"`
}

// namespace is clientcmd's transformingStringValue with RemoveNamespacesPrefix.
type namespace struct{ target *string }

func (n namespace) String() string { return *n.target }
func (n namespace) Type() string   { return "string" }
func (n namespace) Set(value string) error {
	for _, prefix := range []string{"namespaces/", "namespace/", "ns/"} {
		if len(value) > len(prefix) && strings.EqualFold(value[:len(prefix)], prefix) {
			value = value[len(prefix):]
			break
		}
	}
	*n.target = value
	return nil
}

func ask(argv []string) answer {
	flags := pflag.NewFlagSet("tool", pflag.ContinueOnError)
	flags.SetOutput(os.Stderr)
	flags.Usage = func() {}
	texts := map[string]*string{}
	for _, flag := range []struct{ name, letter, standard string }{
		{"client-key", "", ""}, {"token", "t", ""}, {"as", "", ""}, {"server", "s", ""}, {"tls-server-name", "", ""},
		{"proxy-url", "", ""}, {"cluster", "", ""}, {"user", "", ""}, {"context", "", ""}, {"request-timeout", "", "0"},
	} {
		texts[flag.name] = flags.StringP(flag.name, flag.letter, flag.standard, "")
	}
	lists := map[string]*[]string{
		"as-group":      flags.StringArrayP("as-group", "g", nil, ""),
		"as-user-extra": flags.StringArray("as-user-extra", nil, ""),
	}
	switches := map[string]*bool{
		"insecure-skip-tls-verify": flags.BoolP("insecure-skip-tls-verify", "k", false, ""),
		"disable-compression":      flags.BoolP("disable-compression", "z", false, ""),
	}
	texts["namespace"] = new(string)
	flags.VarP(namespace{texts["namespace"]}, "namespace", "n", "")

	if err := flags.Parse(argv); err != nil {
		return answer{Argv: argv, Error: err.Error()}
	}
	values := map[string]interface{}{}
	for name, text := range texts {
		if *text != flags.Lookup(name).DefValue {
			values[name] = *text
		}
	}
	for name, list := range lists {
		if len(*list) > 0 {
			values[name] = *list
		}
	}
	for name, isSet := range switches {
		if *isSet {
			values[name] = true
		}
	}
	args := append([]string{}, flags.Args()...)
	return answer{Argv: argv, Values: values, Args: &args}
}

func main() {
	var argvs [][]string
	if err := json.NewDecoder(os.Stdin).Decode(&argvs); err != nil {
		panic(err)
	}
	answers := []answer{}
	for _, argv := range argvs {
		answers = append(answers, ask(argv))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
