/** Nanograms of one unit, so that conversions are exact whole-number arithmetic. */
const NANOGRAMS: Readonly<Record<string, bigint>> = {
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
  oz: 28_349_523_125n,
  lb: 453_592_370_000n,
  lbs: 453_592_370_000n,
};
/** Decimals that a stored weight may have. */
const DECIMALS = 9;
const SCALE = 10n ** BigInt(DECIMALS);

/** Grams as a weight in `unit` ('' = kg), rounded to nine decimals; null when either is not known. */
export function fromGrams(grams: string, unit: string): string | null {
  const per = unitOf(unit);
  const scaled = scale(grams);
  if (per === null || scaled === null) return null;
  const nanograms = scaled * (NANOGRAMS.g ?? 0n);
  const value = (nanograms * 2n + (nanograms >= 0n ? per : -per)) / (per * 2n);
  return unscale(value, DECIMALS);
}

/** A weight in `unit` ('' = kg) as grams, exact; null when either is not known. */
export function toGrams(weight: string, unit: string): string | null {
  const per = unitOf(unit);
  const scaled = scale(weight);
  if (per === null || scaled === null) return null;
  return unscale(scaled * per, DECIMALS * 2);
}

function unitOf(unit: string): bigint | null {
  return NANOGRAMS[unit.trim().toLowerCase() || 'kg'] ?? null;
}

function scale(text: string): bigint | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,18}))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = (match[3] ?? '').padEnd(DECIMALS, '0');
  if (/[1-9]/.test(fraction.slice(DECIMALS))) return scaleRounded(match[1] ?? '', match[2] ?? '', fraction);
  const value = BigInt(match[2] ?? '0') * SCALE + BigInt(fraction.slice(0, DECIMALS));
  return match[1] === '-' ? -value : value;
}

function scaleRounded(sign: string, whole: string, fraction: string): bigint {
  const up = (fraction[DECIMALS] ?? '0') >= '5' ? 1n : 0n;
  const value = BigInt(whole) * SCALE + BigInt(fraction.slice(0, DECIMALS)) + up;
  return sign === '-' ? -value : value;
}

function unscale(value: bigint, decimals: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -decimals)}${fraction ? `.${fraction}` : ''}`;
}
