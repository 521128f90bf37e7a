const ASCII = /^[ -~]*$/;

/** Wide characters, and characters without a width. Made when they are needed: it takes 12 ms to read these classes. */
const patterns = () => ({
  wide: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u,
  invisible: /[\p{M}\p{C}\p{Zl}\p{Zp}]/u,
});
let made: ReturnType<typeof patterns> | undefined;

/**
 * The characters of a text, each one column wide. A wide character becomes `?`; control characters and characters
 * without a width are dropped.
 */
export function letters(text: string): string[] {
  if (ASCII.test(text)) return Array.from(text);
  made ??= patterns();
  const { wide, invisible } = made;
  return Array.from(text.normalize("NFC"))
    .filter((letter) => !invisible.test(letter))
    .map((letter) => (wide.test(letter) ? "?" : letter));
}
