module.exports = require("kcfg");
