/** Prompts the user. `terminalPrompter` prompts on the terminal as kubectl does. */
export interface Prompter {
  /**
   * Prompts, and returns what is typed, which may be visible.
   *
   * @param what - `Username`
   */
  ask(what: string): Promise<string>;
  /**
   * Prompts for a secret: what is typed must not be visible.
   *
   * @param what - `Password`
   */
  askSecret(what: string): Promise<string>;
}

/** A user name and a password. */
export interface Credentials {
  /** The user name. */
  readonly username: string;
  /** The password. Secret. */
  readonly password: string;
}

/** Prompts for a user name and a password, in this order. client-go's `PromptingAuthLoader.Prompt`. */
export async function promptForCredentials(prompter: Prompter): Promise<Credentials> {
  const username = await prompter.ask("Username");
  const password = await prompter.askSecret("Password");
  return { username, password };
}
