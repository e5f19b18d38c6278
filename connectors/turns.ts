/** One after the other for each key, side by side for all. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does something when all that was asked for before with the same key has come to its end, well or not. */
  take<Result>(key: string, act: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(act, act);
    this.#last.set(key, turn);
    const done = () => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(done, done);
    return turn;
  }
}
