export { newConfig } from "kcfg";
