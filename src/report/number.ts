/** At most six significant digits and two decimals, with separated thousands: `475.3`, `78,120`. */
export function number(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en-GB", { maximumFractionDigits: 2 });
}
