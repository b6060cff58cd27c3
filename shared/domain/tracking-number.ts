/** The form in which tracking numbers are compared: people and scanners write the same one with and without spaces. */
export function plainTracking(number: string): string {
  return number.replace(/[\s-]+/g, '').toUpperCase();
}
