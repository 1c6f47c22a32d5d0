// Loaded by NODE_OPTIONS before the built CLI: the password database then has the home that ACCOUNT_HOME names, and no user if
// that is empty. A test cannot make a home of its own in any other way.
const os = require("node:os");

os.userInfo = () => {
  const homedir = process.env["ACCOUNT_HOME"];
  if (!homedir) {
    throw new Error("no such user");
  }
  return { homedir };
};
