/** How texts are compared: case, marks of form and runs of spaces do not count. */
export function normalText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/**
 * 1 for equal texts, 0 for texts with nothing in common: one minus the
 * Levenshtein distance over the longer length. `least` lets it stop early; any
 * answer below it is 0.
 */
export function similarity(a: string, b: string, least = 0): number {
  const left = Array.from(normalText(a));
  const right = Array.from(normalText(b));
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 1;
  const most = Math.floor(longer * (1 - least));
  if (Math.abs(left.length - right.length) > most) return 0;
  let before = Array.from({ length: right.length + 1 }, (_unused, n) => n);
  for (const [row, char] of left.entries()) {
    const now = [row + 1];
    let smallest = row + 1;
    for (const [column, other] of right.entries()) {
      const value = Math.min(
        (before[column + 1] ?? 0) + 1,
        (now[column] ?? 0) + 1,
        (before[column] ?? 0) + (char === other ? 0 : 1),
      );
      now.push(value);
      if (value < smallest) smallest = value;
    }
    if (smallest > most) return 0;
    before = now;
  }
  const distance = before[right.length] ?? longer;
  return distance > most ? 0 : 1 - distance / longer;
}
