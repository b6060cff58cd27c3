import type { Address } from '#shared/contract/orders.ts';

/** The lines of an address as they go onto a label. */
export function addressLines(address: Address): string[] {
  const place = [address.postcode, address.city].filter(Boolean).join(' ');
  return [address.company, address.name, address.line1, address.line2, place, address.region, address.country]
    .map((line) => line.trim())
    .filter(Boolean);
}

export function AddressBlock({ address }: { readonly address: Address }) {
  return (
    <address style={{ fontStyle: 'normal' }} className="qs-selectable">
      {addressLines(address).map((line, index) => (
        <div key={index}>{line}</div>
      ))}
    </address>
  );
}
