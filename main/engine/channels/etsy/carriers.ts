/**
 * Etsy's names of carriers, by what people write. Etsy takes "other" for any
 * that it does not know, which still shows the number to the buyer.
 */
const CARRIERS: Readonly<Record<string, string>> = {
  'australia post': 'australia-post',
  bpost: 'bpost',
  'canada post': 'canada-post',
  chronopost: 'chronopost',
  colissimo: 'colissimo',
  correos: 'correos',
  'deutsche post': 'deutsche-post',
  dhl: 'dhl',
  'dhl express': 'dhl',
  'dhl paket': 'dhl-germany',
  dpd: 'dpd',
  evri: 'hermes',
  fedex: 'fedex',
  gls: 'gls',
  hermes: 'hermes',
  'la poste': 'la-poste-colissimo',
  parcelforce: 'parcelforce',
  postnl: 'postnl',
  'royal mail': 'royal-mail',
  'swiss post': 'swiss-post',
  tnt: 'tnt',
  ups: 'ups',
  usps: 'usps',
  yodel: 'yodel',
};

export function carrierName(carrier: string): string {
  return CARRIERS[carrier.trim().toLowerCase().replace(/\s+/g, ' ')] ?? 'other';
}
