/** Names that people write, and the code that Amazon has for that carrier. */
const CODES: Readonly<Record<string, string>> = {
  dhl: 'DHL',
  'dhl paket': 'DHL',
  'deutsche post': 'Deutsche Post',
  dpd: 'DPD',
  fedex: 'FedEx',
  gls: 'GLS',
  hermes: 'Hermes',
  'royal mail': 'Royal Mail',
  ups: 'UPS',
  usps: 'USPS',
};

/** A carrier that Amazon has no code for is `Other` with its name. */
export function carrierOf(name: string): { readonly carrierCode: string; readonly carrierName?: string } {
  const trimmed = name.trim();
  const code = CODES[trimmed.toLowerCase()];
  if (code !== undefined) return { carrierCode: code };
  return { carrierCode: 'Other', carrierName: trimmed || 'Other' };
}
