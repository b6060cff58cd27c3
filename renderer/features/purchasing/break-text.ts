/**
 * Price breaks as a person writes them: `1: 2.00; 100: 1.80`, or one price
 * alone. A comma is a decimal point too. Blank is no price; null is not readable.
 */
export function readBreaks(text: string): { from: number; price: string }[] | null {
  const parts = text
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const breaks: { from: number; price: string }[] = [];
  for (const part of parts) {
    const match = /^(?:(\d{1,9})\s*:\s*)?(\d+(?:[.,]\d+)?)$/.exec(part);
    const from = Number(match?.[1] ?? 1);
    if (!match?.[2] || from < 1) return null;
    breaks.push({ from, price: match[2].replace(',', '.') });
  }
  return breaks;
}
