// How long a person takes, in seconds, without waiting for them: the keystroke-level
// model of Card, Moran and Newell. Its times are those of a practised typist with an
// ordinary keyboard; a client on a telephone types slower, and reads what stands there.
const reach = 1.1; // to the button, and a press
const think = 1.35; // before each field, and before each word that is composed and not copied

export class Pace {
  seconds = 0;
  #seen = new Set();

  /** key is the time of one key, word that of a word that is read. */
  constructor({ key = 0.28, word = 0 } = {}) {
    Object.assign(this, { key, word });
  }

  press() {
    this.seconds += reach + think;
  }

  /** Types what is known by heart, and goes on to the next field. */
  type(text) {
    this.seconds += think + this.key * (text.length + 1);
  }

  /** Types what is thought up on the way. */
  compose(text) {
    this.type(text);
    this.seconds += think * (text.split(' ').length - 1);
  }

  /** Picks a line of a list by a letter or two. */
  choose() {
    this.seconds += think + this.key * 3;
  }

  /** Reads each line, but not again what stood on a page before. */
  read(text) {
    for (const line of text.split('\n').filter((l) => !this.#seen.has(l))) {
      this.#seen.add(line);
      this.seconds += this.word * line.split(/\s+/).filter(Boolean).length;
    }
  }
}
