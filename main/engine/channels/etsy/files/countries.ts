const LETTERS = Array.from({ length: 26 }, (_letter, index) => String.fromCodePoint(65 + index));

/** English names of countries -> codes of two letters, made once. */
let codes: ReadonlyMap<string, string> | null = null;

/** "United States" -> "US", as Etsy's downloads name countries; a name that is not known stays as it is. */
export function countryCode(name: string): string {
  codes ??= namesOfCountries();
  return codes.get(name.trim().toLowerCase()) ?? name.trim();
}

function namesOfCountries(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const found = new Map<string, string>();
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      const name = names.of(code);
      // Old codes share their name with the present one, which comes first or is longer in use.
      if (name !== undefined && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), code);
    }
  }
  for (const [name, code] of OTHER_NAMES) found.set(name, code);
  return found;
}

/** Where Etsy's names are not the usual ones, or an old code came first. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ['united states', 'US'],
  ['united kingdom', 'GB'],
  ['germany', 'DE'],
  ['france', 'FR'],
  ['the netherlands', 'NL'],
  ['czech republic', 'CZ'],
  ['turkey', 'TR'],
  ['hong kong', 'HK'],
  ['macao', 'MO'],
];
