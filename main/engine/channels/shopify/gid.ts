/** Kinds of records that the connector points at by number. */
export type GidType = 'Product' | 'ProductVariant' | 'Order' | 'LineItem' | 'Location' | 'InventoryItem';

/** `('Product', '42')` -> `gid://shopify/Product/42`; a global id is returned as it is. */
export function toGid(type: GidType, id: string): string {
  const text = id.trim();
  return text.startsWith('gid://') ? text : `gid://shopify/${type}/${text}`;
}

/** `gid://shopify/Product/42` -> `42`: the form that is stored, shown and found in files of the shop. */
export function fromGid(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1).split('?', 1)[0] ?? gid;
}

/** Whether a stored id can be one of Shopify's at all. */
export function isNumericId(id: string): boolean {
  return /^\d{1,20}$/.test(id);
}
