import { loadConfig } from "kcfg";

loadConfig();
