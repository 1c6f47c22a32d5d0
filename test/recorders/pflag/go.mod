module kcfg/test/recorders/pflag

go 1.19

require github.com/spf13/pflag v1.0.9
