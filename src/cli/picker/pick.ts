import type { Host } from "../../host/host.ts";
import { painter } from "../colour.ts";
import type { IOStreams } from "../io-streams.ts";
import type { PickerKey } from "./keys.ts";
import { KeyReader } from "./keys.ts";
import { layOut, tableOf } from "./layout.ts";
import { cursorColumn, listHeight, screenLines } from "./screen.ts";
import type { PickerChoice, PickerItem, PickerState } from "./state.ts";
import { press, resized, selectedItem, startPicking, withChoice } from "./state.ts";

/** How long an escape waits for the rest of a key's sequence, in milliseconds. */
const ESCAPE_DELAY = 50;

/** Reports whether the terminal is interactive. */
export function canPick({ terminal, env }: Host): boolean {
  return terminal.isTerminal("stdin") && terminal.isTerminal("stderr") && env["TERM"] !== "dumb";
}

/**
 * Lets the user pick from a list, on a screen of its own on standard error. The terminal's previous content is
 * restored, however this ends.
 *
 * @param follow - receives a function that replaces the list while it is shown; what it returns is called at the end
 * @returns undefined if the user cancels
 */
export async function pick(
  host: Host,
  streams: IOStreams,
  choice: PickerChoice,
  follow?: (replace: (choice: PickerChoice) => void) => () => void,
): Promise<PickerItem | undefined> {
  const { terminal, self } = host;
  const paint = painter(host, { isTTY: true, paint: streams.err.paint });
  const reader = new KeyReader();
  let table = tableOf(choice);
  let layout = layOut(table, terminal.size());
  let state = startPicking(choice, table.rows, layout.lines);
  const draw = (): void => {
    const { columns } = layout.size;
    state = resized(state, listHeight(state, table, layout));
    const lines = screenLines(state, table, layout, paint);
    streams.err.drawScreen(lines, Math.min(columns - 1, cursorColumn(state, columns)));
  };
  return await new Promise((resolve, reject) => {
    let isRestored = false;
    let giveBackKeys: (() => void) | undefined;
    let unfollow: (() => void) | undefined;
    const restore = (): void => {
      if (!isRestored) {
        isRestored = true;
        streams.err.leaveScreen();
        giveBackKeys?.();
        unfollow?.();
      }
    };
    const release = self.beforeEnd(restore);
    const finish = (settle: () => void): void => {
      restore();
      void release().then(settle, reject);
    };
    const attempt = (run: () => void): void => {
      try {
        run();
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const take = (keys: readonly PickerKey[]): void => {
      if (isRestored) {
        return;
      }
      state = afterKeys(state, keys);
      if (state.outcome === "open") {
        draw();
      } else {
        finish(() => resolve(state.outcome === "picked" ? selectedItem(state) : undefined));
      }
    };
    let arrivals = 0;
    const decideAfter = async (arrival: number): Promise<void> => {
      await self.sleep(ESCAPE_DELAY);
      if (arrival === arrivals) {
        attempt(() => take(reader.decide()));
      }
    };
    attempt(() => {
      // The keys first: a user who presses Ctrl-C as soon as the list appears wants to leave it, and not to kill the
      // process.
      giveBackKeys = terminal.takeKeys({
        onKeys: (bytes) =>
          attempt(() => {
            take(reader.read(bytes));
            const arrival = ++arrivals;
            if (reader.isUndecided) {
              void decideAfter(arrival);
            }
          }),
        onResize: () =>
          attempt(() => {
            layout = layOut(table, terminal.size());
            draw();
          }),
        onEnd: () => finish(() => resolve(undefined)),
      });
      streams.err.enterScreen();
      draw();
      unfollow = follow?.((other) =>
        attempt(() => {
          if (!isRestored) {
            table = tableOf(other);
            layout = layOut(table, terminal.size());
            state = withChoice(state, other, table.rows);
            draw();
          }
        }),
      );
    });
  });
}

/** Processes keys. Those after the one that ended the picker are dropped. */
function afterKeys(state: PickerState, keys: readonly PickerKey[]): PickerState {
  return keys.reduce((before, key) => (before.outcome === "open" ? press(before, key) : before), state);
}
