const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const INVISIBLE = /[\p{M}\p{C}\p{Zl}\p{Zp}]/u;

/**
 * The characters of a text, each one column wide. A wide character becomes `?`; control characters and characters
 * without a width are dropped.
 */
export function letters(text: string): string[] {
  return Array.from(text.normalize("NFC"))
    .filter((letter) => !INVISIBLE.test(letter))
    .map((letter) => (WIDE.test(letter) ? "?" : letter));
}
