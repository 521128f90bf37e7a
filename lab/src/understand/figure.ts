/** A number with four digits and a real minus: `−0.01234`. */
export function figure(x: number): string {
  const text = x === 0 ? "0" : String(Number(x.toPrecision(4)));
  return text.replaceAll("-", "−");
}
