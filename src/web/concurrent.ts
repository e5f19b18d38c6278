import { HttpRefusal } from './refusal.ts';

/** How many of something each person has at a time: event streams, uploads, downloads. */
export class Concurrent {
  private readonly counts = new Map<number, number>();

  constructor(
    private readonly most: number,
    /** What one more is refused with. */
    private readonly words: string,
  ) {}

  /** Counts one more. Gives what is to be called, once, when it has ended. */
  begin(person: number): () => void {
    const before = this.counts.get(person) ?? 0;
    if (before >= this.most) throw new HttpRefusal(429, this.words);
    this.counts.set(person, before + 1);
    return () => {
      const left = (this.counts.get(person) ?? 1) - 1;
      if (left === 0) this.counts.delete(person);
      else this.counts.set(person, left);
    };
  }
}
